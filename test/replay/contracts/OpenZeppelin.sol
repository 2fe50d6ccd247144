// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Account as BaseAccount} from "@openzeppelin/contracts/account/Account.sol";
import {ERC7821} from "@openzeppelin/contracts/account/extensions/draft-ERC7821.sol";
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {BeaconProxy} from "@openzeppelin/contracts/proxy/beacon/BeaconProxy.sol";
import {UpgradeableBeacon} from "@openzeppelin/contracts/proxy/beacon/UpgradeableBeacon.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {TransparentUpgradeableProxy} from "@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC1155Burnable} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155Burnable.sol";
import {ERC1155Supply} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155Supply.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20FlashMint} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20FlashMint.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Enumerable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {ERC721Holder} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Holder.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {SignerEIP7702} from "@openzeppelin/contracts/utils/cryptography/signers/SignerEIP7702.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {Heap} from "@openzeppelin/contracts/utils/structs/Heap.sol";

/// Anyone may mint these tokens.
contract Gold is ERC20Burnable, ERC20FlashMint, ERC20Votes, ERC20Permit {
    constructor(string memory name) ERC20(name, "GOLD") ERC20Permit(name) {}

    function mint(address to, uint256 value) external {
        _mint(to, value);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }
}

contract Deed is ERC721Enumerable {
    constructor() ERC721("Deed", "DEED") {}

    function mint(address to, uint256 id) external {
        _safeMint(to, id);
    }

    function burn(uint256 id) external {
        _update(address(0), id, msg.sender);
    }
}

contract Items is ERC1155Supply, ERC1155Burnable {
    constructor() ERC1155("https://items.example/{id}") {}

    function mint(address to, uint256 id, uint256 value) external {
        _mint(to, id, value, "");
    }

    function mintBatch(address to, uint256[] calldata ids, uint256[] calldata values) external {
        _mintBatch(to, ids, values, "");
    }

    function _update(address from, address to, uint256[] memory ids, uint256[] memory values)
        internal
        override(ERC1155, ERC1155Supply)
    {
        super._update(from, to, ids, values);
    }
}

contract Vault is ERC4626 {
    constructor(IERC20 asset) ERC20("Vault", "vGOLD") ERC4626(asset) {}
}

contract Borrower is IERC3156FlashBorrower {
    function onFlashLoan(address, address token, uint256 value, uint256 fee, bytes calldata data)
        external
        returns (bytes32)
    {
        if (data.length == 0) IERC20(token).approve(msg.sender, value + fee);
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}

contract Timelock is TimelockController {
    constructor(uint256 delay, address[] memory proposers, address[] memory executors)
        TimelockController(delay, proposers, executors, msg.sender)
    {}
}

contract Parliament is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl
{
    constructor(IVotes token, TimelockController timelock)
        Governor("Parliament")
        GovernorSettings(2, 6, 1e18)
        GovernorVotes(token)
        GovernorVotesQuorumFraction(4)
        GovernorTimelockControl(timelock)
    {}

    function state(uint256 id) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(id);
    }

    function proposalNeedsQueuing(uint256 id) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(id);
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function _queueOperations(uint256 id, address[] memory to, uint256[] memory values, bytes[] memory data, bytes32 text)
        internal
        override(Governor, GovernorTimelockControl)
        returns (uint48)
    {
        return super._queueOperations(id, to, values, data, text);
    }

    function _executeOperations(uint256 id, address[] memory to, uint256[] memory values, bytes[] memory data, bytes32 text)
        internal
        override(Governor, GovernorTimelockControl)
    {
        super._executeOperations(id, to, values, data, text);
    }

    function _cancel(address[] memory to, uint256[] memory values, bytes[] memory data, bytes32 text)
        internal
        override(Governor, GovernorTimelockControl)
        returns (uint256)
    {
        return super._cancel(to, values, data, text);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}

contract Keys is AccessManager {
    constructor(address admin) AccessManager(admin) {}
}

contract Managed is AccessManaged {
    uint256 public value;

    event Set(uint256 value);

    constructor(address authority) AccessManaged(authority) {}

    function set(uint256 newValue) external restricted {
        value = newValue;
        emit Set(newValue);
    }
}

/// Behind proxies.
contract Box is Initializable, UUPSUpgradeable {
    uint256 public value;
    address public owner;

    error NotOwner(address who);

    event Stored(uint256 value);

    function initialize(address newOwner) external initializer {
        owner = newOwner;
    }

    function store(uint256 newValue) public payable virtual {
        value = newValue;
        emit Stored(newValue);
    }

    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != owner) revert NotOwner(msg.sender);
    }
}

contract DoublingBox is Box {
    function store(uint256 newValue) public payable override {
        super.store(newValue * 2);
    }
}

contract PlainProxy is ERC1967Proxy {
    constructor(address logic, bytes memory data) payable ERC1967Proxy(logic, data) {}
}

contract AdminProxy is TransparentUpgradeableProxy {
    constructor(address logic, bytes memory data) payable TransparentUpgradeableProxy(logic, msg.sender, data) {}

    function admin() external view returns (address) {
        return _proxyAdmin();
    }
}

contract Beacon is UpgradeableBeacon {
    constructor(address logic) UpgradeableBeacon(logic, msg.sender) {}
}

contract FromBeacon is BeaconProxy {
    constructor(address beacon, bytes memory data) payable BeaconProxy(beacon, data) {}
}

/// Minimal proxies of every kind that the library makes.
contract Cloner {
    event Cloned(address instance);

    function clone(address logic) external {
        emit Cloned(Clones.clone(logic));
    }

    function cloneAt(address logic, bytes32 salt) external returns (address instance) {
        instance = Clones.cloneDeterministic(logic, salt);
        require(instance == Clones.predictDeterministicAddress(logic, salt));
        emit Cloned(instance);
    }

    function cloneWith(address logic, bytes calldata args) external payable returns (bytes memory) {
        address instance = Clones.cloneWithImmutableArgs(logic, args, msg.value);
        emit Cloned(instance);
        return Clones.fetchCloneArgs(instance);
    }
}

/// What an account of a user delegates to.
contract Delegate is BaseAccount, SignerEIP7702, ERC7821, ERC721Holder {
    function _erc7821AuthorizedExecutor(address caller, bytes32 mode, bytes calldata executionData)
        internal
        view
        override
        returns (bool)
    {
        return caller == address(entryPoint()) || super._erc7821AuthorizedExecutor(caller, mode, executionData);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return _rawSignatureValidation(hash, signature) ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

/// Libraries without a contract of their own.
contract Workshop {
    using EnumerableSet for EnumerableSet.UintSet;
    using Heap for Heap.Uint256Heap;

    EnumerableSet.UintSet private _set;
    Heap.Uint256Heap private _heap;
    bytes32 public digest;

    function record(bytes memory outcome) private {
        digest = keccak256(abi.encode(digest, outcome));
    }

    function recover(bytes32 hash, bytes calldata signature) external {
        record(abi.encode(ECDSA.recover(hash, signature)));
    }

    function p256(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) external {
        record(abi.encode(P256.verifyNative(hash, r, s, x, y), P256.verifySolidity(hash, r, s, x, y)));
    }

    function power(bytes calldata base, bytes calldata exponent, bytes calldata modulus) external {
        record(Math.modExp(base, exponent, modulus));
    }

    function maths(uint256 a, uint256 b, uint256 c) external {
        record(abi.encode(Math.mulDiv(a, b, c), Math.sqrt(a), Math.log2(b), Math.log10(a), Math.invMod(a, 2 ** 61 - 1)));
    }

    function proof(bytes32[] calldata path, bytes32 root, bytes32 leaf) external {
        require(MerkleProof.verifyCalldata(path, root, leaf), "no such leaf");
        record(abi.encode(root, leaf));
    }

    function sets(uint256 count) external {
        for (uint256 i = 0; i < count; i++) _set.add(i * i % 17);
        for (uint256 i = 0; i < count; i += 3) _set.remove(i);
        record(abi.encode(_set.values()));
    }

    function heaps(uint256 count) external {
        for (uint256 i = 0; i < count; i++) Heap.insert(_heap, uint256(keccak256(abi.encode(i))) % 1000);
        for (uint256 i = 0; i < count / 2; i++) record(abi.encode(Heap.pop(_heap)));
    }
}
