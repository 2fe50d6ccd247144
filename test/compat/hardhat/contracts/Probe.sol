// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// Fails in every way a contract can, and keeps a value that can be seen from outside.
contract Probe {
    uint256 public value;

    event Changed(address indexed by, uint256 value);

    error Refused(uint256 given, address by);

    constructor(uint256 first) payable {
        value = first;
    }

    function change(uint256 next) external payable {
        value = next;
        emit Changed(msg.sender, next);
    }

    function failWithReason() external {
        value++;
        revert("Probe: no");
    }

    function failWithError(uint256 given) external {
        value++;
        revert Refused(given, msg.sender);
    }

    function failWithPanic(uint256 divisor) external {
        value = 1 / divisor;
    }

    function failInSilence() external {
        value++;
        revert();
    }

    function drain(address payable receiver) external {
        (bool done,) = receiver.call{value: address(this).balance}("");
        require(done);
    }
}
