// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

interface IToken {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
    function balanceOf(address owner) external view returns (uint256);
}

interface IPair {
    function swap(uint256 amount0, uint256 amount1, address to, bytes calldata data) external;
    function token0() external view returns (address);
    function token1() external view returns (address);
}

/// Borrows from a pair of Uniswap v2 and pays back in the token it took, with or without the fee.
contract FlashSwapper {
    event Borrowed(uint256 amount0, uint256 amount1);

    function borrow(IPair pair, uint256 amount0, uint256 amount1, bool paysFee) external {
        pair.swap(amount0, amount1, address(this), abi.encode(paysFee));
    }

    function uniswapV2Call(address, uint256 amount0, uint256 amount1, bytes calldata data) external {
        emit Borrowed(amount0, amount1);
        bool paysFee = abi.decode(data, (bool));
        IPair pair = IPair(msg.sender);
        if (amount0 > 0) IToken(pair.token0()).transfer(msg.sender, paysFee ? amount0 * 1000 / 997 + 1 : amount0);
        if (amount1 > 0) IToken(pair.token1()).transfer(msg.sender, paysFee ? amount1 * 1000 / 997 + 1 : amount1);
    }
}

interface IPool {
    function swap(address to, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data)
        external
        returns (int256, int256);
    function flash(address to, uint256 amount0, uint256 amount1, bytes calldata data) external;
    function token0() external view returns (address);
    function token1() external view returns (address);
}

/// Trades with a pool of Uniswap v3 itself, without a router.
contract PoolTrader {
    function swap(IPool pool, bool zeroForOne, int256 amount, uint160 limit) external returns (int256, int256) {
        return pool.swap(msg.sender, zeroForOne, amount, limit, abi.encode(msg.sender));
    }

    function flash(IPool pool, uint256 amount0, uint256 amount1) external {
        pool.flash(address(this), amount0, amount1, abi.encode(amount0, amount1));
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata data) external {
        address payer = abi.decode(data, (address));
        if (amount0 > 0) IToken(IPool(msg.sender).token0()).transferFrom(payer, msg.sender, uint256(amount0));
        if (amount1 > 0) IToken(IPool(msg.sender).token1()).transferFrom(payer, msg.sender, uint256(amount1));
    }

    function uniswapV3FlashCallback(uint256 fee0, uint256 fee1, bytes calldata data) external {
        (uint256 amount0, uint256 amount1) = abi.decode(data, (uint256, uint256));
        IToken(IPool(msg.sender).token0()).transfer(msg.sender, amount0 + fee0);
        IToken(IPool(msg.sender).token1()).transfer(msg.sender, amount1 + fee1);
    }
}

interface ISafe {
    function execTransactionFromModule(address to, uint256 value, bytes calldata data, uint8 operation)
        external
        returns (bool);
}

/// A Safe module that lets anyone take a little.
contract Allowance {
    uint256 public taken;

    function take(ISafe safe, address payable to, uint256 value) external returns (bool success) {
        require(value <= 1 ether, "too much");
        taken += value;
        success = safe.execTransactionFromModule(to, value, "", 0);
    }
}

/// Signs for itself: whatever hash it was told to.
contract Signer {
    mapping(bytes32 => bool) public isSigned;

    function sign(bytes32 hash) external {
        isSigned[hash] = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        return isSigned[hash] ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function isValidSignature(bytes calldata data, bytes calldata) external view returns (bytes4) {
        return isSigned[keccak256(data)] ? bytes4(0x20c13b0b) : bytes4(0xffffffff);
    }
}
