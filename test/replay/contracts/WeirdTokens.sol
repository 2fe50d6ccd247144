// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";

/// What the tokens below have in common; each departs from ERC-20 in one way that is seen on mainnet.
abstract contract Ledger {
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    uint256 public totalSupply;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    function _mint(address to, uint256 value) internal {
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function _move(address from, address to, uint256 value) internal virtual {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }

    function _spend(address from, uint256 value) internal {
        if (allowance[from][msg.sender] != type(uint256).max) allowance[from][msg.sender] -= value;
    }

    function _approve(address spender, uint256 value) internal {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
    }
}

abstract contract Standard is Ledger {
    function transfer(address to, uint256 value) external virtual returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external virtual returns (bool) {
        _spend(from, value);
        _move(from, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external virtual returns (bool) {
        _approve(spender, value);
        return true;
    }
}

/// Keeps one percent of every transfer.
contract FeeOnTransfer is Standard {
    address public immutable collector = msg.sender;

    constructor() {
        _mint(msg.sender, 1e24);
    }

    function _move(address from, address to, uint256 value) internal override {
        uint256 fee = value / 100;
        super._move(from, to, value - fee);
        super._move(from, collector, fee);
    }
}

/// Returns nothing where ERC-20 wants a bool, and refuses to change an allowance that is not zero.
contract MissingReturns is Ledger {
    constructor() {
        _mint(msg.sender, 1e24);
    }

    function transfer(address to, uint256 value) external {
        _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external {
        _spend(from, value);
        _move(from, to, value);
    }

    function approve(address spender, uint256 value) external {
        require(value == 0 || allowance[msg.sender][spender] == 0);
        _approve(spender, value);
    }
}

/// Says false where others revert.
contract ReturnsFalse is Standard {
    constructor() {
        _mint(msg.sender, 1e24);
    }

    function transfer(address to, uint256 value) external override returns (bool) {
        if (balanceOf[msg.sender] < value) return false;
        _move(msg.sender, to, value);
        return true;
    }
}

/// Refuses to move nothing.
contract RevertsOnZero is Standard {
    constructor() {
        _mint(msg.sender, 1e24);
    }

    function _move(address from, address to, uint256 value) internal override {
        require(value != 0, "zero value");
        super._move(from, to, value);
    }
}

/// Balances are shares of a supply that its owner changes.
contract Rebasing {
    mapping(address => uint256) public sharesOf;
    mapping(address => mapping(address => uint256)) public allowance;
    uint256 public totalShares = 1e24;
    uint256 public totalSupply = 1e24;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Rebased(uint256 supply);

    constructor() {
        sharesOf[msg.sender] = totalShares;
    }

    function balanceOf(address owner) public view returns (uint256) {
        return sharesOf[owner] * totalSupply / totalShares;
    }

    function rebase(int256 change) external {
        totalSupply = uint256(int256(totalSupply) + change);
        emit Rebased(totalSupply);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return _move(from, to, value);
    }

    function _move(address from, address to, uint256 value) private returns (bool) {
        uint256 shares = value * totalShares / totalSupply;
        sharesOf[from] -= shares;
        sharesOf[to] += shares;
        emit Transfer(from, to, value);
        return true;
    }
}

/// Can be paused and keeps a list of whom it does not serve.
contract Blocklisting is Standard {
    mapping(address => bool) public isBlocked;
    bool public isPaused;

    error Blocked(address account);
    error Paused();

    constructor() {
        _mint(msg.sender, 1e24);
    }

    function setBlocked(address account, bool blocked) external {
        isBlocked[account] = blocked;
    }

    function setPaused(bool paused) external {
        isPaused = paused;
    }

    function _move(address from, address to, uint256 value) internal override {
        if (isPaused) revert Paused();
        if (isBlocked[from]) revert Blocked(from);
        if (isBlocked[to]) revert Blocked(to);
        super._move(from, to, value);
    }
}

interface IHook {
    function onTokens(address from, uint256 value) external;
}

/// Calls who receives, before the books are right.
contract Hooked is Standard {
    constructor() {
        _mint(msg.sender, 1e24);
    }

    function _move(address from, address to, uint256 value) internal override {
        if (to.code.length > 0) IHook(to).onTokens(from, value);
        super._move(from, to, value);
    }
}

/// Names of one word, and an amount of all ones that stands for all there is.
contract OldNames is Standard {
    bytes32 public constant name = "Old";
    bytes32 public constant symbol = "OLD";

    constructor() {
        _mint(msg.sender, 1e24);
    }

    function _move(address from, address to, uint256 value) internal override {
        super._move(from, to, value == type(uint256).max ? balanceOf[from] : value);
    }
}

/// Amounts of 96 bits.
contract Narrow is Standard {
    constructor() {
        _mint(msg.sender, 1e24);
    }

    function approve(address spender, uint256 value) external override returns (bool) {
        require(value == type(uint256).max || value < 2 ** 96, "amount exceeds 96 bits");
        _approve(spender, value);
        return true;
    }
}

/// Behind a proxy; the second version takes a fee that the first did not.
contract Upgradeable is Standard, Initializable {
    function initialize(address owner) external initializer {
        _mint(owner, 1e24);
    }

    function version() external pure virtual returns (uint256) {
        return 1;
    }
}

contract UpgradeableWithFee is Upgradeable {
    uint256 public feePercent;

    function initializeFee(uint256 percent) external reinitializer(2) {
        feePercent = percent;
    }

    function version() external pure override returns (uint256) {
        return 2;
    }

    function _move(address from, address to, uint256 value) internal override {
        uint256 fee = value * feePercent / 100;
        super._move(from, to, value - fee);
        super._move(from, address(this), fee);
    }
}

/// Takes any of them in and gives them back, by what really arrived.
contract Cupboard is IHook {
    using SafeERC20 for IERC20;

    mapping(IERC20 => mapping(address => uint256)) public held;
    uint256 public hooks;
    bool public isGreedy;

    function setGreedy(bool greedy) external {
        isGreedy = greedy;
    }

    function put(IERC20 token, uint256 value) external returns (uint256 arrived) {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), value);
        arrived = token.balanceOf(address(this)) - before;
        held[token][msg.sender] += arrived;
    }

    function take(IERC20 token, uint256 value) external {
        held[token][msg.sender] -= value;
        token.safeTransfer(msg.sender, value);
    }

    function allow(IERC20 token, address spender, uint256 value) external {
        token.forceApprove(spender, value);
    }

    function onTokens(address from, uint256 value) external {
        hooks += 1;
        if (isGreedy) IERC20(msg.sender).safeTransferFrom(from, address(this), value);
    }
}
