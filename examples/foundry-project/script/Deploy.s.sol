// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ticket} from "../src/Ticket.sol";
import {VM} from "./Vm.sol";

contract Deploy {
    function run() external returns (Ticket ticket) {
        VM.startBroadcast();
        ticket = new Ticket(100);
        ticket.buy{value: 5 * ticket.PRICE()}(5);
        VM.stopBroadcast();
    }
}
