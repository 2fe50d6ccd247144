// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "solady/src/tokens/ERC20.sol";
import {ERC4626} from "solady/src/tokens/ERC4626.sol";
import {ERC721} from "solady/src/tokens/ERC721.sol";
import {WETH} from "solady/src/tokens/WETH.sol";
import {Base58} from "solady/src/utils/Base58.sol";
import {Base64} from "solady/src/utils/Base64.sol";
import {CREATE3} from "solady/src/utils/CREATE3.sol";
import {DateTimeLib} from "solady/src/utils/DateTimeLib.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";
import {ERC1967Factory} from "solady/src/utils/ERC1967Factory.sol";
import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";
import {LibBitmap} from "solady/src/utils/LibBitmap.sol";
import {LibClone} from "solady/src/utils/LibClone.sol";
import {LibPRNG} from "solady/src/utils/LibPRNG.sol";
import {LibRLP} from "solady/src/utils/LibRLP.sol";
import {LibSort} from "solady/src/utils/LibSort.sol";
import {LibString} from "solady/src/utils/LibString.sol";
import {LibTransient} from "solady/src/utils/LibTransient.sol";
import {LibZip} from "solady/src/utils/LibZip.sol";
import {MerkleProofLib} from "solady/src/utils/MerkleProofLib.sol";
import {MinHeapLib} from "solady/src/utils/MinHeapLib.sol";
import {Multicallable} from "solady/src/utils/Multicallable.sol";
import {P256} from "solady/src/utils/P256.sol";
import {RedBlackTreeLib} from "solady/src/utils/RedBlackTreeLib.sol";
import {ReentrancyGuardTransient} from "solady/src/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";
import {SignatureCheckerLib} from "solady/src/utils/SignatureCheckerLib.sol";
import {SSTORE2} from "solady/src/utils/SSTORE2.sol";

contract Silver is ERC20 {
    function name() public pure override returns (string memory) {
        return "Silver";
    }

    function symbol() public pure override returns (string memory) {
        return "AG";
    }

    function mint(address to, uint256 value) external {
        _mint(to, value);
    }

    function burn(uint256 value) external {
        _burn(msg.sender, value);
    }
}

contract Card is ERC721 {
    function name() public pure override returns (string memory) {
        return "Card";
    }

    function symbol() public pure override returns (string memory) {
        return "CARD";
    }

    function tokenURI(uint256 id) public pure override returns (string memory) {
        return LibString.toString(id);
    }

    function mint(address to, uint256 id) external {
        _safeMint(to, id);
    }

    function burn(uint256 id) external {
        _burn(msg.sender, id);
    }
}

contract Safe4626 is ERC4626 {
    address private immutable _asset;

    constructor(address token) {
        _asset = token;
    }

    function asset() public view override returns (address) {
        return _asset;
    }

    function name() public pure override returns (string memory) {
        return "Vault";
    }

    function symbol() public pure override returns (string memory) {
        return "V";
    }
}

contract WrappedEther is WETH {}

contract ProxyFactory is ERC1967Factory {}

/// What clones point at.
contract Counter {
    uint256 public count;

    function add(uint256 by) external payable returns (uint256) {
        return count += by;
    }
}

contract Forge {
    event Made(address instance);

    function clones(address logic, bytes calldata args, bytes32 salt) external payable {
        emit Made(LibClone.clone(msg.value, logic));
        emit Made(LibClone.clone_PUSH0(logic));
        emit Made(LibClone.cloneDeterministic(logic, salt));
        address withArgs = LibClone.clone(logic, args);
        emit Made(withArgs);
        require(keccak256(LibClone.argsOnClone(withArgs)) == keccak256(args));
        emit Made(LibClone.deployERC1967(logic));
        emit Made(LibClone.deployERC1967I(logic));
        emit Made(LibClone.deployERC1967(logic, args));
        (, address again) = LibClone.createDeterministicERC1967(logic, salt);
        emit Made(again);
    }

    function create3(bytes calldata initCode, bytes32 salt) external payable returns (address) {
        address made = CREATE3.deployDeterministic(msg.value, initCode, salt);
        require(made == CREATE3.predictDeterministicAddress(salt));
        emit Made(made);
        return made;
    }

    function store(bytes calldata data) external returns (address pointer) {
        pointer = SSTORE2.write(data);
        require(keccak256(SSTORE2.read(pointer)) == keccak256(data));
        emit Made(pointer);
    }
}

/// Each function leaves a hash of what the library said, so that a wrong bit anywhere changes the state.
contract Bench is Multicallable, ReentrancyGuardTransient {
    using LibBitmap for LibBitmap.Bitmap;
    using LibPRNG for LibPRNG.PRNG;
    using LibRLP for LibRLP.List;
    using LibTransient for LibTransient.TUint256;
    using MinHeapLib for MinHeapLib.Heap;
    using RedBlackTreeLib for RedBlackTreeLib.Tree;

    bytes32 public digest;
    LibBitmap.Bitmap private _bits;
    MinHeapLib.Heap private _heap;
    RedBlackTreeLib.Tree private _tree;

    function record(bytes memory outcome) private {
        digest = keccak256(abi.encode(digest, outcome));
    }

    function fixedPoint(int256 x, int256 y) external {
        record(
            abi.encode(
                FixedPointMathLib.expWad(x),
                FixedPointMathLib.lnWad(y),
                FixedPointMathLib.powWad(y, x),
                FixedPointMathLib.lambertW0Wad(y),
                FixedPointMathLib.sqrt(uint256(y)),
                FixedPointMathLib.cbrt(uint256(y)),
                FixedPointMathLib.fullMulDiv(uint256(y) << 100, uint256(y) << 120, uint256(y) << 90),
                FixedPointMathLib.sDivWad(-y, x | 1)
            )
        );
    }

    function roots(uint256 x, uint256 n) external {
        record(
            abi.encode(
                FixedPointMathLib.sqrtWad(x),
                FixedPointMathLib.cbrtWad(x),
                FixedPointMathLib.rpow(x, n, 1e18),
                FixedPointMathLib.factorial(n),
                FixedPointMathLib.log2(x),
                FixedPointMathLib.gcd(x, n),
                FixedPointMathLib.invMod(x, 2 ** 61 - 1)
            )
        );
    }

    function bits(uint256 x) external {
        record(
            abi.encode(
                LibBit.clz(x), LibBit.fls(x), LibBit.ffs(x), LibBit.popCount(x), LibBit.reverseBits(x), LibBit.reverseBytes(x)
            )
        );
    }

    function recover(bytes32 hash, bytes calldata signature) external {
        record(abi.encode(ECDSA.recoverCalldata(hash, signature), ECDSA.canonicalHashCalldata(signature)));
    }

    function check(address signer, bytes32 hash, bytes calldata signature) external {
        record(abi.encode(SignatureCheckerLib.isValidSignatureNowCalldata(signer, hash, signature)));
    }

    function p256(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) external {
        record(abi.encode(P256.hasPrecompile(), P256.verifySignatureAllowMalleability(hash, r, s, x, y)));
    }

    function sort(uint256 seed, uint256 count) external {
        LibPRNG.PRNG memory random;
        random.seed(seed);
        uint256[] memory list = new uint256[](count);
        for (uint256 i = 0; i < count; i++) list[i] = random.uniform(count);
        random.shuffle(list);
        LibSort.sort(list);
        LibSort.uniquifySorted(list);
        record(abi.encode(list, random.standardNormalWad()));
    }

    function encodings(string calldata words) external {
        string memory encoded = Base64.encode(bytes(words));
        require(LibString.eq(string(Base64.decode(encoded)), words));
        bytes memory packed = LibZip.flzCompress(bytes(words));
        require(keccak256(LibZip.flzDecompress(packed)) == keccak256(bytes(words)));
        record(abi.encode(encoded, packed, LibZip.cdCompress(bytes(words)), Base58.encode(bytes(words))));
    }

    function text(string calldata words, uint256 number) external {
        record(bytes(LibString.toString(number)));
        record(bytes(LibString.toHexStringChecksummed(address(uint160(number)))));
        record(abi.encode(LibString.split(words, " ")));
        record(bytes(LibString.escapeJSON(LibString.upper(words))));
        record(LibRLP.encode(LibRLP.p(number).p(bytes(words)).p(LibRLP.p(msg.sender))));
    }

    function dates(uint256 timestamp) external {
        (uint256 year, uint256 month, uint256 day) = DateTimeLib.timestampToDate(timestamp);
        record(abi.encode(year, month, day, DateTimeLib.weekday(timestamp), DateTimeLib.addMonths(timestamp, 13)));
    }

    function proof(bytes32[] calldata path, bytes32 root, bytes32 leaf) external {
        require(MerkleProofLib.verifyCalldata(path, root, leaf), "no such leaf");
        record(abi.encode(root, leaf));
    }

    function tree(uint256 seed, uint256 count) external {
        for (uint256 i = 0; i < count; i++) _tree.tryInsert(1 + uint256(keccak256(abi.encode(seed, i))) % 1000);
        for (uint256 i = 0; i < count / 2; i++) _tree.remove(RedBlackTreeLib.value(_tree.first()));
        record(abi.encode(_tree.values()));
    }

    function heap(uint256 seed, uint256 count) external {
        for (uint256 i = 0; i < count; i++) _heap.push(uint256(keccak256(abi.encode(seed, i))));
        for (uint256 i = 0; i < count / 2; i++) record(abi.encode(_heap.pop()));
    }

    function bitmap(uint256 start, uint256 count) external {
        _bits.setBatch(start, count);
        _bits.unsetBatch(start + count / 3, count / 4);
        _bits.toggle(start);
        record(abi.encode(_bits.popCount(start, count), _bits.findLastSet(start + count)));
    }

    function fleeting(uint256 value) external nonReentrant {
        LibTransient.TUint256 storage cell = LibTransient.tUint256(uint256(7));
        cell.set(value);
        cell.inc();
        record(abi.encode(cell.get()));
        cell.clear();
    }

    function reenter() external nonReentrant {
        Bench(address(this)).fleeting(1);
    }

    function pay(address payable to, uint256 value) external payable {
        SafeTransferLib.safeTransferETH(to, value);
        SafeTransferLib.forceSafeTransferETH(to, msg.value - value);
    }

    function pull(address token, address from, uint256 value) external {
        SafeTransferLib.safeTransferFrom(token, from, address(this), value);
        SafeTransferLib.safeTransferAll(token, from);
    }
}
