// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VM} from "../script/Vm.sol";
import {Ticket} from "../src/Ticket.sol";

contract TicketTest {
    address private constant BUYER = address(0xb0b);

    Ticket private ticket;

    function setUp() public {
        ticket = new Ticket(10);
        VM.deal(BUYER, 1 ether);
    }

    function test_buy() public {
        VM.prank(BUYER);
        ticket.buy{value: 0.03 ether}(3);
        require(ticket.balanceOf(BUYER) == 3);
    }

    function test_soldOut() public {
        VM.deal(address(this), 1 ether);
        VM.expectRevert(abi.encodeWithSelector(Ticket.SoldOut.selector, 11, 10));
        ticket.buy{value: 0.11 ether}(11);
    }

    function testFuzz_wrongPrice(uint256 paid) public {
        paid %= 0.03 ether;
        VM.deal(address(this), paid);
        VM.expectRevert(abi.encodeWithSignature("Error(string)", "Ticket: wrong price"));
        ticket.buy{value: paid}(3);
    }
}
