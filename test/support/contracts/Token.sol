// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// The part of ERC-20 that clients exercise, and one call for each way to fail.
contract Token {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error InsufficientAllowance(address spender, uint256 allowance, uint256 needed);
    error Paused();

    string public name;
    string public symbol;
    uint8 public constant decimals = 18;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    constructor(string memory name_, string memory symbol_, uint256 supply) {
        require(supply > 0, "no supply");
        name = name_;
        symbol = symbol_;
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        require(balanceOf[msg.sender] >= value, "balance too low");
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed < value) revert InsufficientAllowance(msg.sender, allowed, value);
        allowance[from][msg.sender] = allowed - value;
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }

    /// Panics with 0x11: the sum cannot hold.
    function overflow() external view returns (uint256) {
        return totalSupply + type(uint256).max;
    }

    function pause() external pure {
        revert Paused();
    }

    /// Reverts with nothing to say.
    function silent() external pure {
        assembly {
            revert(0, 0)
        }
    }

    /// Burns all gas.
    function invalid() external pure {
        assembly {
            invalid()
        }
    }
}

/// What an account runs when it has delegated itself here (EIP-7702).
contract Counter {
    event Counted(address indexed self, uint256 count);

    uint256 public count;

    function increment() external {
        count += 1;
        emit Counted(address(this), count);
    }
}
