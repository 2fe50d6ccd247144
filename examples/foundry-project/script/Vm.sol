// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// The few of forge's cheat codes that this project needs; forge-std has them all.
interface Vm {
    function startBroadcast() external;
    function stopBroadcast() external;
    function prank(address sender) external;
    function deal(address who, uint256 balance) external;
    function expectRevert(bytes calldata data) external;
}

Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
