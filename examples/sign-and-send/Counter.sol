// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// What an account runs once it has delegated itself here (EIP-7702): the count lies in the account's own storage.
contract Counter {
    uint256 public count;

    function increment() external {
        count += 1;
    }
}
