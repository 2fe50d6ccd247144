// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// A token that anyone can buy at a fixed price, as long as there are some left.
contract Ticket is ERC20 {
    uint256 public constant PRICE = 0.01 ether;
    uint256 public immutable LIMIT;

    error SoldOut(uint256 wanted, uint256 left);

    constructor(uint256 limit) ERC20("Ticket", "TKT") {
        LIMIT = limit;
    }

    function decimals() public pure override returns (uint8) {
        return 0;
    }

    function buy(uint256 count) external payable {
        require(msg.value == count * PRICE, "Ticket: wrong price");
        uint256 left = LIMIT - totalSupply();
        if (count > left) revert SoldOut(count, left);
        _mint(msg.sender, count);
    }
}
