// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Shares} from "./Shares.sol";

/// Pays its owner's guests a share of the tokens that it holds.
contract Treasury {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    address public immutable owner;

    error NotTheOwner(address caller);

    event Paid(address indexed to, uint256 amount);

    constructor(IERC20 token_, address owner_) {
        token = token_;
        owner = owner_;
    }

    function pay(address to, uint256 basisPoints) external returns (uint256 amount) {
        if (msg.sender != owner) revert NotTheOwner(msg.sender);
        amount = Shares.part(token.balanceOf(address(this)), basisPoints);
        token.safeTransfer(to, amount);
        emit Paid(to, amount);
    }
}
