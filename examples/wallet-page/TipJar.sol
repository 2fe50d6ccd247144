// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Takes what anybody gives, and gives what anybody asks for, as long as there is enough.
contract TipJar {
    function tip() external payable {}

    function take(uint256 amount) external {
        require(amount <= address(this).balance, "the jar holds less than that");
        payable(msg.sender).transfer(amount);
    }
}
