// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Keeps what is paid in until a time has come.
contract Vault {
    error Locked(uint256 until);

    uint256 public immutable until;
    mapping(address => uint256) public balanceOf;

    constructor(uint256 lockSeconds) {
        until = block.timestamp + lockSeconds;
    }

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
    }

    function withdraw() external {
        if (block.timestamp < until) revert Locked(until);
        uint256 amount = balanceOf[msg.sender];
        balanceOf[msg.sender] = 0;
        (bool paid,) = msg.sender.call{value: amount}("");
        require(paid, "not paid");
    }
}
