import {
  bytesToHex,
  encodePacked,
  getAddress,
  type Hex,
  hexToBytes,
  keccak256,
  maxUint256,
  parseEther,
  toHex,
} from 'viem';
import { alice, bob, carol } from '../../differential/accounts.ts';
import { type Artifact, packaged } from '../artifacts.ts';
import { at, type Contract, type Stage } from '../stage.ts';
import { tokens } from './uniswapV2.ts';
import { EVEN_PRICE, sorted } from './uniswapV3.ts';

/** The contract that every chain has at one address: its creation is signed by nobody, so that nobody can sign another. */
const CREATE2 = {
  sender: '0x3fab184622dc19b6109349b94811493bf2a45362',
  address: '0x4e59b44847b379578588920ca78fbf26c0b4956c',
  raw: '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222',
} as const;

const ETHER = '0x0000000000000000000000000000000000000000';
const DYNAMIC_FEE = 0x800000;
const HOOK_FLAGS = (1n << 14n) - 1n;
const MIN_LIMIT = 4_295_128_740n;
const MAX_LIMIT = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_341n;
const SETTINGS = { takeClaims: false, settleUsingBurn: false };
const NO_SALT = `0x${'00'.repeat(32)}` as const;

interface Key {
  readonly currency0: Hex;
  readonly currency1: Hex;
  readonly fee: number;
  readonly tickSpacing: number;
  readonly hooks: Hex;
}

interface V4 {
  readonly manager: Contract;
  readonly swapper: Contract;
  readonly liquidity: Contract;
  readonly donor: Contract;
  readonly taker: Contract;
  readonly claims: Contract;
  readonly zero: Contract;
  readonly one: Contract;
}

const artifact = (file: string, name = file): Artifact => packaged(`@uniswap/v4-core/out/${file}.sol/${name}.json`);

async function deployV4(stage: Stage): Promise<V4> {
  const manager = await stage.deploy(alice, artifact('PoolManager'), [alice.address]);
  const using = (name: string) => stage.deploy(alice, artifact(name), [manager.address]);
  const swapper = await using('PoolSwapTest');
  const liquidity = await using('PoolModifyLiquidityTest');
  const donor = await using('PoolDonateTest');
  const taker = await using('PoolTakeTest');
  const claims = await using('PoolClaimsTest');
  const routers = [swapper, liquidity, donor, taker, claims];
  const [zero, one] = sorted(...(await tokens(stage, ['A', 'B'], routers))) as [Contract, Contract];
  return { manager, swapper, liquidity, donor, taker, claims, zero, one };
}

/** The creator of contracts at addresses of choice, brought as it is to every chain: money for its sender, then its bytes. */
async function deployCreator(stage: Stage): Promise<void> {
  await stage.send(alice, { to: CREATE2.sender, value: parseEther('0.01') });
  await stage.pair.result('eth_sendRawTransaction', [CREATE2.raw]);
  await stage.pair.ask('eth_getCode', [CREATE2.address, 'latest']);
}

/** What a hook may do is in the last bits of its address: salts are tried until one gives them. */
function saltFor(initCode: Hex, flags: bigint): { salt: Hex; address: Hex } {
  const input = hexToBytes(`0xff${CREATE2.address.slice(2)}${'00'.repeat(32)}${keccak256(initCode).slice(2)}`);
  const view = new DataView(input.buffer, input.byteOffset);
  for (let number = 0; ; number += 1) {
    view.setUint32(21 + 28, number);
    const hash = keccak256(input, 'bytes');
    const last = new DataView(hash.buffer, hash.byteOffset).getUint16(30);
    if ((BigInt(last) & HOOK_FLAGS) !== flags) continue;
    return { salt: bytesToHex(input.subarray(21, 53)), address: getAddress(bytesToHex(hash.subarray(12))) };
  }
}

async function deployHook(
  stage: Stage,
  { abi, bytecode }: Artifact,
  flags: bigint,
  manager?: Contract,
): Promise<Contract> {
  const argument = manager === undefined ? '' : manager.address.slice(2).padStart(64, '0').toLowerCase();
  const initCode: Hex = `${bytecode}${argument}`;
  const { salt, address } = saltFor(initCode, flags);
  await stage.send(alice, { to: CREATE2.address, data: encodePacked(['bytes32', 'bytes'], [salt, initCode]) });
  return at(address, { abi });
}

const change = (tickLower: number, tickUpper: number, liquidityDelta: bigint, salt: Hex = NO_SALT) => ({
  ...{ tickLower, tickUpper, liquidityDelta, salt },
});
const swap = (zeroForOne: boolean, amountSpecified: bigint) => ({
  ...{ zeroForOne, amountSpecified, sqrtPriceLimitX96: zeroForOne ? MIN_LIMIT : MAX_LIMIT },
});

/** Both directions, in and out. */
async function swapAround(stage: Stage, { swapper }: V4, key: Key, value = 0n): Promise<void> {
  const amount = 10n ** 16n;
  for (const [isDown, specified] of [
    [true, -amount],
    [false, -amount],
    [true, amount],
    [false, amount],
  ] as const) {
    await stage.write(bob, swapper, 'swap', [key, swap(isDown, specified), SETTINGS, '0x'], { value });
  }
}

async function plainPool(stage: Stage, v4: V4, key: Key): Promise<void> {
  const { manager, liquidity, swapper, donor, taker, claims, zero, one } = v4;
  await stage.write(alice, manager, 'initialize', [key, EVEN_PRICE]);
  await stage.refused(alice, manager, 'initialize', [key, EVEN_PRICE]);
  await stage.refused(alice, swapper, 'swap', [{ ...key, fee: 500 }, swap(true, -1n), SETTINGS, '0x']);
  const add = (lower: number, upper: number, delta: bigint, salt = NO_SALT as Hex) =>
    stage.write(alice, liquidity, 'modifyLiquidity', [key, change(lower, upper, delta, salt), '0x']);
  await add(-120, 120, 10n ** 20n);
  await add(-887_220, 887_220, 10n ** 19n);
  await add(60, 600, 10n ** 19n, toHex(7, { size: 32 }));
  await stage.refused(alice, liquidity, 'modifyLiquidity', [key, change(-61, 120, 1n), '0x']);
  await swapAround(stage, v4, key);
  await stage.write(bob, swapper, 'swap', [key, swap(false, -(10n ** 19n)), SETTINGS, '0x']);
  await stage.write(bob, swapper, 'swap', [key, swap(true, -(10n ** 19n)), SETTINGS, '0x']);
  await stage.write(bob, donor, 'donate', [key, 1000n, 2000n, '0x']);
  await stage.write(bob, taker, 'take', [key, 10n ** 18n, 0n]);
  await add(60, 600, -(10n ** 19n), toHex(7, { size: 32 }));
  await add(-120, 120, 0n);
  // Claims in place of tokens.
  await stage.write(bob, claims, 'deposit', [zero.address, bob.address, 10n ** 18n]);
  await stage.write(bob, manager, 'setOperator', [swapper.address, true]);
  const claiming = { takeClaims: true, settleUsingBurn: true };
  await stage.write(bob, swapper, 'swap', [key, swap(true, -(10n ** 15n)), claiming, '0x']);
  await stage.write(bob, manager, 'transfer', [carol.address, BigInt(one.address), 10n ** 14n]);
  await stage.refused(carol, manager, 'unlock', ['0x']);
  await stage.refused(carol, manager, 'settle');
  await stage.write(alice, manager, 'setProtocolFeeController', [alice.address]);
  await stage.write(alice, manager, 'setProtocolFee', [key, 1000 + (500 << 12)]);
  await swapAround(stage, v4, key);
  await stage.write(alice, manager, 'collectProtocolFees', [carol.address, zero.address, 0n]);
  await stage.refused(bob, manager, 'setProtocolFee', [key, 0]);
}

async function etherPool(stage: Stage, v4: V4): Promise<void> {
  const { manager, liquidity, zero } = v4;
  const key: Key = { currency0: ETHER, currency1: zero.address, fee: 500, tickSpacing: 10, hooks: ETHER };
  await stage.write(alice, manager, 'initialize', [key, EVEN_PRICE]);
  const value = parseEther('5');
  await stage.write(alice, liquidity, 'modifyLiquidity', [key, change(-1000, 1000, 10n ** 19n), '0x'], { value });
  await swapAround(stage, v4, key, parseEther('0.1'));
  await stage.write(alice, liquidity, 'modifyLiquidity', [key, change(-1000, 1000, -(10n ** 18n)), '0x']);
}

async function hookedPools(stage: Stage, v4: V4): Promise<void> {
  const { manager, liquidity, swapper, zero, one } = v4;
  const keyOf = (hook: Contract, fee = 3000): Key => ({
    ...{ currency0: zero.address, currency1: one.address, fee, tickSpacing: 60, hooks: hook.address },
  });
  const fill = async (key: Key) => {
    await stage.write(alice, manager, 'initialize', [key, EVEN_PRICE]);
    await stage.write(alice, liquidity, 'modifyLiquidity', [key, change(-600, 600, 10n ** 20n), '0x']);
  };
  const mock = keyOf(await deployHook(stage, artifact('MockHooks'), 0x3ff0n));
  await fill(mock);
  await swapAround(stage, v4, mock);
  const taking = await deployHook(stage, artifact('FeeTakingHook'), 0x44n, manager);
  await fill(keyOf(taking));
  await swapAround(stage, v4, keyOf(taking));
  const dynamic = await deployHook(stage, artifact('DynamicFeesTestHook'), 0x1080n);
  await stage.write(alice, dynamic, 'setManager', [manager.address]);
  await stage.write(alice, dynamic, 'setFee', [1234]);
  await fill(keyOf(dynamic, DYNAMIC_FEE));
  await swapAround(stage, v4, keyOf(dynamic, DYNAMIC_FEE));
  await stage.write(alice, dynamic, 'setFee', [1_000_001]);
  await stage.refused(bob, swapper, 'swap', [keyOf(dynamic, DYNAMIC_FEE), swap(true, -1000n), SETTINGS, '0x']);
  const curve = await deployHook(stage, artifact('CustomCurveHook'), 0x88n, manager);
  await fill(keyOf(curve));
  for (const token of [zero, one]) await stage.write(alice, token, 'transfer', [curve.address, parseEther('1000')]);
  await swapAround(stage, v4, keyOf(curve));
  await stage.refused(alice, manager, 'initialize', [{ ...keyOf(curve), hooks: alice.address }, EVEN_PRICE]);
}

/** One contract holds all pools and settles in transient storage at the end of each transaction. */
export async function uniswapV4(stage: Stage): Promise<void> {
  const v4 = await deployV4(stage);
  await stage.refused(carol, v4.zero, 'transferFrom', [alice.address, carol.address, maxUint256]);
  const { zero, one } = v4;
  await plainPool(stage, v4, {
    ...{ currency0: zero.address, currency1: one.address, fee: 3000, tickSpacing: 60, hooks: ETHER },
  });
  await etherPool(stage, v4);
  await deployCreator(stage);
  await hookedPools(stage, v4);
}
