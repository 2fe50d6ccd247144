// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

/// Work in one call, each of a kind that contracts do much of.
contract Kernels {
    mapping(address => uint256) public balances;
    event Moved(address indexed from, address indexed to, uint256 amount);

    function loops(uint256 n) external pure returns (uint256 sum) {
        for (uint256 i = 0; i < n; i++) sum += (i * 7) % 13;
    }

    function hashes(uint256 n) external pure returns (bytes32 hash) {
        for (uint256 i = 0; i < n; i++) hash = keccak256(abi.encode(hash, i));
    }

    function copies(uint256 n) external pure returns (uint256 sum) {
        uint256[] memory words = new uint256[](1024);
        for (uint256 i = 0; i < n; i++) {
            words[i & 1023] += i;
            sum ^= words[(i * 31) & 1023];
        }
    }

    function sort(uint256 n) external pure returns (uint256) {
        uint256[] memory words = new uint256[](n);
        uint256 seed = 42;
        for (uint256 i = 0; i < n; i++) {
            seed = (seed * 1103515245 + 12345) % 2147483648;
            words[i] = seed;
        }
        for (uint256 i = 1; i < n; i++) {
            uint256 word = words[i];
            uint256 j = i;
            while (j > 0 && words[j - 1] > word) {
                words[j] = words[j - 1];
                j--;
            }
            words[j] = word;
        }
        return words[n / 2];
    }

    function mulDiv(uint256 a, uint256 b, uint256 d) private pure returns (uint256 result) {
        unchecked {
            uint256 low = a * b;
            uint256 wide = mulmod(a, b, type(uint256).max);
            uint256 high = wide - low - (wide < low ? 1 : 0);
            if (high == 0) return low / d;
            require(d > high);
            uint256 rest = mulmod(a, b, d);
            high -= rest > low ? 1 : 0;
            low -= rest;
            uint256 twos = d & (~d + 1);
            d /= twos;
            low /= twos;
            twos = (~twos + 1) / twos + 1;
            if (twos == 0) twos = 1;
            low |= high * twos;
            uint256 inverse = (3 * d) ^ 2;
            for (uint256 i = 0; i < 6; i++) inverse *= 2 - d * inverse;
            result = low * inverse;
        }
    }

    /// Constant-product swaps and fixed-point prices with 512-bit products, as automated market makers have them.
    function swaps(uint256 n) external pure returns (uint256 price) {
        uint256 x = 1e24;
        uint256 y = 3e24;
        for (uint256 i = 0; i < n; i++) {
            uint256 paid = 1e18 + i;
            uint256 fee = paid * 997;
            uint256 got = (fee * y) / (x * 1000 + fee);
            x += paid;
            y -= got;
            price = mulDiv(y << 96, 1 << 96, x);
            (x, y) = (y, x);
        }
    }

    function moves(uint256 n) external {
        for (uint256 i = 1; i <= n; i++) {
            balances[address(uint160(i))] = i;
            balances[address(uint160(i))] += 1;
            emit Moved(msg.sender, address(uint160(i)), i);
        }
    }

    function root(int256 a) private pure returns (int256 r) {
        if (a <= 0) return 0;
        r = a;
        int256 next = (a + 1) / 2;
        while (next < r) {
            r = next;
            next = (a / next + next) / 2;
        }
    }

    /// A sphere seen through n by n points, in fixed point.
    function rays(uint256 n) external pure returns (int256 light) {
        int256 one = 1e9;
        for (uint256 row = 0; row < n; row++) {
            for (uint256 column = 0; column < n; column++) {
                int256 dx = (int256(column) * 2 * one) / int256(n) - one;
                int256 dy = (int256(row) * 2 * one) / int256(n) - one;
                int256 length = root(dx * dx + dy * dy + one * one);
                int256 b = (3 * one * one) / length;
                int256 inside = b * b - 8 * one * one;
                if (inside < 0) continue;
                int256 near = b - root(inside);
                light += one - (near * near) / (9 * one);
            }
        }
    }
}

contract Answer {
    function answer(uint256 x) external pure returns (uint256) { return x + 1; }
}

contract Forwarder {
    address private target;
    constructor(address to) { target = to; }
    fallback() external {
        address to = target;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), to, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(ok) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }
}

/// Calls between contracts; all in one call from outside.
contract Callers {
    function calls(uint256 n) external returns (uint256 sum) {
        Answer callee = new Answer();
        for (uint256 i = 0; i < n; i++) sum += callee.answer(i);
    }

    function proxies(uint256 n) external returns (uint256 sum) {
        Answer callee = Answer(address(new Forwarder(address(new Answer()))));
        for (uint256 i = 0; i < n; i++) sum += callee.answer(i);
    }

    function creates(uint256 n) external returns (address last) {
        for (uint256 i = 0; i < n; i++) last = address(new Answer());
    }

    function precompile(address to, uint256 n, bytes memory input) external view returns (uint256 length) {
        assembly {
            let size := mload(input)
            let from := add(input, 32)
            let out := mload(64)
            for { let i := 0 } lt(i, n) { i := add(i, 1) } {
                if iszero(staticcall(gas(), to, from, size, out, 512)) { revert(0, 0) }
            }
            length := returndatasize()
        }
    }
}

/// What an ERC-20 does on `transfer`; whoever asks gets a balance first.
contract Token {
    mapping(address => uint256) public balanceOf;
    event Transfer(address indexed from, address indexed to, uint256 value);

    function mint(uint256 amount) external { balanceOf[msg.sender] += amount; }

    function transfer(address to, uint256 value) external returns (bool) {
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }

    /// As many logs; every hundredth, by `mark`, has another recipient.
    function shout(uint256 n, address mark) external {
        for (uint256 i = 0; i < n; i++) emit Transfer(msg.sender, i == 0 ? mark : address(1), i);
    }
}
