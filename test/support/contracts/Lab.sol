// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// What another contract makes, calls and destroys.
contract Child {
    address public immutable parent;
    uint256 public value;

    event Touched(address indexed by, uint256 value);

    constructor(uint256 value_) payable {
        parent = msg.sender;
        value = value_;
        emit Touched(msg.sender, value_);
    }

    function touch(uint256 value_) external payable returns (uint256) {
        value = value_;
        emit Touched(msg.sender, value_);
        return value_ + 1;
    }

    /// Logs, writes and then fails: nothing of it may remain.
    function touchAndFail(uint256 value_) external {
        value = value_;
        emit Touched(msg.sender, value_);
        revert("child failed");
    }

    function destroy(address payable heir) external {
        selfdestruct(heir);
    }
}

/// One function for each effect that two nodes must agree on.
contract Lab {
    event Named(uint256 indexed a, bytes32 indexed b, address indexed c, bytes data);
    event Environment(
        uint256 number, uint256 timestamp, uint256 baseFee, uint256 prevRandao, bytes32 parent, address coinbase,
        uint256 gasLimit, uint256 chainId, uint256 blobBaseFee, uint256 gasPrice, address origin
    );
    event Made(address child);
    event Caught(string how, bytes why);

    error Custom(uint256 code, address who);

    uint256 public number;
    mapping(uint256 => uint256) public slots;
    string public text;
    uint256[] public list;

    constructor(uint256 initial) payable {
        number = initial;
        text = "a text that is longer than the thirty-two bytes of one storage slot";
    }

    receive() external payable {
        emit Named(msg.value, bytes32(0), msg.sender, "");
    }

    function set(uint256 value) external payable {
        number = value;
    }

    function fill(uint256 from, uint256 count, uint256 value) external {
        for (uint256 i = 0; i < count; i++) slots[from + i] = value;
    }

    function push(uint256 value) external {
        list.push(value);
    }

    /// Logs with 0 to 4 topics.
    function logAll(bytes calldata data) external {
        bytes memory copy = data;
        assembly {
            let at := add(copy, 32)
            let size := mload(copy)
            log0(at, size)
            log1(at, size, 1)
            log2(at, size, 1, 2)
            log3(at, size, 1, 2, 3)
            log4(at, size, 1, 2, 3, 4)
        }
        emit Named(data.length, keccak256(data), msg.sender, data);
    }

    function logEnvironment() external {
        emit Environment(
            block.number, block.timestamp, block.basefee, block.prevrandao, blockhash(block.number - 1),
            block.coinbase, block.gaslimit, block.chainid, block.blobbasefee, tx.gasprice, tx.origin
        );
    }

    function environment() external view returns (uint256, uint256, uint256, bytes32, address, uint256, address) {
        return (
            block.number, block.timestamp, block.basefee, blockhash(block.number - 1), block.coinbase,
            block.gaslimit, msg.sender
        );
    }

    function make(uint256 value) external payable returns (address child) {
        child = address(new Child{value: msg.value}(value));
        emit Made(child);
    }

    function makeAt(bytes32 salt, uint256 value) external returns (address child) {
        child = address(new Child{salt: salt}(value));
        emit Made(child);
    }

    function makeAndDestroy(address payable heir) external payable {
        Child child = new Child{value: msg.value}(7);
        child.destroy(heir);
        emit Made(address(child));
    }

    function touchChild(Child child, uint256 value) external payable returns (uint256) {
        return child.touch{value: msg.value}(value);
    }

    function catchChild(Child child, uint256 value) external {
        try child.touchAndFail(value) {
            emit Caught("no", "");
        } catch Error(string memory reason) {
            emit Caught(reason, "");
        }
        number = value;
    }

    function nest(uint256 depth) external returns (uint256) {
        emit Named(depth, bytes32(depth), address(this), "");
        number = depth + 1;
        return depth == 0 ? gasleft() : this.nest(depth - 1);
    }

    function delegate(address code, bytes calldata data) external returns (bytes memory) {
        (bool ok, bytes memory result) = code.delegatecall(data);
        require(ok, "delegate failed");
        return result;
    }

    function forward(address payable to, uint256 value) external {
        (bool ok,) = to.call{value: value}("");
        emit Caught(ok ? "sent" : "not sent", "");
    }

    function precompiles(bytes calldata data) external returns (bytes32, bytes20, address) {
        bytes memory modexp =
            abi.encode(uint256(1), uint256(1), uint256(1), bytes32(uint256(0x030507) << 232));
        (bool ok, bytes memory power) = address(5).staticcall(modexp);
        emit Caught(ok ? "modexp" : "no modexp", power);
        return (sha256(data), ripemd160(data), ecrecover(keccak256(data), 27, bytes32(uint256(5)), bytes32(uint256(6))));
    }

    function transientWord(uint256 value) external returns (uint256 read) {
        assembly {
            read := tload(1)
            tstore(1, value)
            read := add(read, tload(1))
        }
    }

    /// One way to fail for each number.
    function fail(uint256 kind) external returns (uint256) {
        number = 99;
        if (kind == 0) revert("no reason given");
        if (kind == 1) revert Custom(7, msg.sender);
        if (kind == 2) return number + type(uint256).max;
        if (kind == 3) assert(kind == 0);
        if (kind == 4) return 1 / (kind - 4);
        if (kind == 5) return list[kind * 1000];
        if (kind == 6) assembly { revert(0, 0) }
        if (kind == 7) assembly { invalid() }
        if (kind == 8) while (true) number++;
        if (kind == 9) assembly { mstore(0, 0xdeadbeef) revert(28, 4) }
        if (kind == 10) assembly { return(0, 0xffffffffffff) }
        return kind;
    }

    function logConsole(uint256 value) external {
        (bool ok,) = 0x000000000000000000636F6e736F6c652e6c6f67.call(
            abi.encodeWithSignature("log(string,uint256)", "value %s", value)
        );
        number = ok ? value : 0;
    }

    /// Uses about 12,300 gas a round in few steps: each hashes 64 KiB.
    function burn(uint256 rounds) external view returns (bytes32 hash) {
        uint256 seed = number;
        assembly {
            mstore(0, seed)
            for { let i := 0 } lt(i, rounds) { i := add(i, 1) } {
                hash := keccak256(0, 65536)
                mstore(0, hash)
            }
        }
    }
}

/// Cannot be deployed.
contract Unwilling {
    constructor() {
        revert("not today");
    }
}
