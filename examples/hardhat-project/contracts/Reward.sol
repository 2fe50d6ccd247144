// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// A token that its owner hands out, once an hour for each receiver.
contract Reward is ERC20, Ownable {
    uint256 public constant PAUSE = 1 hours;

    mapping(address receiver => uint256) public nextGrant;

    error TooEarly(address receiver, uint256 possibleAt);

    constructor(uint256 supply) ERC20("Reward", "RWD") Ownable(msg.sender) {
        _mint(msg.sender, supply);
    }

    function grant(address receiver, uint256 amount) external onlyOwner {
        require(amount > 0, "Reward: nothing to grant");
        if (block.timestamp < nextGrant[receiver]) revert TooEarly(receiver, nextGrant[receiver]);
        nextGrant[receiver] = block.timestamp + PAUSE;
        _mint(receiver, amount);
    }
}
