// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Probe} from "../contracts/Probe.sol";

interface Vm {
    function startBroadcast() external;
    function stopBroadcast() external;
}

Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// Two transactions that depend on each other.
contract Plain {
    function run() external returns (Probe probe) {
        VM.startBroadcast();
        probe = new Probe(1);
        probe.change{value: 3}(2);
        VM.stopBroadcast();
    }
}

/// Goes through the CREATE2 deployer, to an address that can be told beforehand.
contract Salted {
    function run(bytes32 salt) external returns (Probe probe) {
        VM.startBroadcast();
        probe = new Probe{salt: salt}(1);
        probe.change(2);
        VM.stopBroadcast();
    }
}
