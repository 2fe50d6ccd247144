// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Probe} from "../contracts/Probe.sol";

interface Vm {
    function envAddress(string calldata name) external view returns (address);
    function envUint(string calldata name) external view returns (uint256);
    function rollFork(uint256 blockNumber) external;
    function expectRevert(bytes calldata data) external;
}

/// What a test sees of the node's chain when forge forks it.
contract ForkTest {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    Probe private probe;

    function setUp() public {
        probe = Probe(VM.envAddress("PROBE"));
    }

    function test_stateOfTheChain() public view {
        require(block.chainid == 31337);
        require(block.number == VM.envUint("BLOCK"));
        require(probe.value() == VM.envUint("VALUE"));
    }

    function test_writesStayInTheFork() public {
        probe.change(1000);
        require(probe.value() == 1000);
        VM.expectRevert(abi.encodeWithSelector(Probe.Refused.selector, 4, address(this)));
        probe.failWithError(4);
    }

    function test_earlierBlock() public {
        VM.rollFork(0);
        require(address(probe).code.length == 0);
    }
}
