// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// A library with an external function: it is deployed by itself and linked into what uses it.
library Shares {
    /// A hundred per cent.
    uint256 internal constant WHOLE = 10_000;

    error NotAShare(uint256 basisPoints);

    /// Part of an amount, in basis points, rounded down.
    function part(uint256 amount, uint256 basisPoints) external pure returns (uint256) {
        if (basisPoints > WHOLE) revert NotAShare(basisPoints);
        return (amount * basisPoints) / WHOLE;
    }
}
