// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// An ERC-721 that its owner awards, numbered from 1.
contract MemberBadge is ERC721, Ownable {
    uint256 public total;

    constructor(address owner) ERC721("Member Badge", "BADGE") Ownable(owner) {}

    function award(address to) external onlyOwner returns (uint256 id) {
        id = ++total;
        _safeMint(to, id);
    }
}
