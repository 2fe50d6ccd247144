import { encodePacked, type Hex, maxUint128, maxUint256, padHex, parseEther, stringToHex } from 'viem';
import { alice, bob, carol, type Dev } from '../../differential/accounts.ts';
import { packaged } from '../artifacts.ts';
import { at, type Contract, callData, type Stage } from '../stage.ts';
import { deployV2, pairOf, tokens, type V2 } from './uniswapV2.ts';

const CORE = '@uniswap/v3-core/artifacts/contracts';
const PERIPHERY = '@uniswap/v3-periphery/artifacts/contracts';
/** A price of one, as √price · 2^96. */
export const EVEN_PRICE = 2n ** 96n;
const MIN_SQRT = 4_295_128_740n;
const MAX_SQRT = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_341n;
const FEE = 3000;

interface V3 {
  readonly v2: V2;
  readonly factory: Contract;
  readonly positions: Contract;
  readonly router: Contract;
  /** Sorted, as pools have them. */
  readonly zero: Contract;
  readonly one: Contract;
  readonly until: bigint;
}

/** Contracts by address. */
export const sorted = (...contracts: Contract[]): Contract[] =>
  contracts.sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));

async function deployV3(stage: Stage): Promise<V3> {
  const v2 = await deployV2(stage);
  const weth = v2.weth.address;
  const factory = await stage.deploy(alice, packaged(`${CORE}/UniswapV3Factory.sol/UniswapV3Factory.json`));
  const library = await stage.deploy(alice, packaged(`${PERIPHERY}/libraries/NFTDescriptor.sol/NFTDescriptor.json`));
  const descriptor = await stage.deploy(
    alice,
    packaged(`${PERIPHERY}/NonfungibleTokenPositionDescriptor.sol/NonfungibleTokenPositionDescriptor.json`, {
      'contracts/libraries/NFTDescriptor.sol:NFTDescriptor': library.address,
    }),
    [weth, padHex(stringToHex('ETH'), { size: 32, dir: 'right' })],
  );
  const positions = await stage.deploy(
    alice,
    packaged(`${PERIPHERY}/NonfungiblePositionManager.sol/NonfungiblePositionManager.json`),
    [factory.address, weth, descriptor.address],
  );
  const router = await stage.deploy(alice, packaged(`${PERIPHERY}/SwapRouter.sol/SwapRouter.json`), [
    factory.address,
    weth,
  ]);
  const [zero, one] = sorted(...(await tokens(stage, ['A', 'B'], [positions, router, v2.router]))) as [
    Contract,
    Contract,
  ];
  return { v2, factory, positions, router, zero, one, until: (await stage.now()) + 100_000n };
}

const poolAt = async (stage: Stage, { factory }: V3, one: Contract, other: Contract, fee: number): Promise<Contract> =>
  at(
    await stage.read<Hex>(factory, 'getPool', [one.address, other.address, fee]),
    packaged(`${CORE}/UniswapV3Pool.sol/UniswapV3Pool.json`),
  );

const mintParameters = (
  { zero, one, until }: V3,
  owner: Dev,
  [tickLower, tickUpper]: [number, number],
  amount: bigint,
) => ({
  ...{ token0: zero.address, token1: one.address, fee: FEE, tickLower, tickUpper },
  ...{ amount0Desired: amount, amount1Desired: amount, amount0Min: 0n, amount1Min: 0n },
  ...{ recipient: owner.address, deadline: until },
});

async function openPositions(stage: Stage, v3: V3): Promise<void> {
  const { positions, zero, one, v2, until } = v3;
  const create = (a: Contract, b: Contract, fee: number) =>
    stage.write(alice, positions, 'createAndInitializePoolIfNecessary', [a.address, b.address, fee, EVEN_PRICE]);
  await create(zero, one, FEE);
  await create(zero, one, FEE);
  await create(zero, one, 500);
  const [wethZero, wethOne] = sorted(v2.weth, zero) as [Contract, Contract];
  await create(wethZero, wethOne, FEE);
  const amount = parseEther('1000');
  await stage.write(alice, positions, 'mint', [mintParameters(v3, alice, [-887_220, 887_220], amount)]);
  await stage.write(alice, positions, 'mint', [mintParameters(v3, alice, [-600, 600], amount)]);
  await stage.write(bob, positions, 'mint', [mintParameters(v3, bob, [60, 1200], amount)]);
  await stage.refused(bob, positions, 'mint', [mintParameters(v3, bob, [61, 1200], amount)]);
  await stage.refused(carol, positions, 'mint', [mintParameters(v3, carol, [60, 1200], amount)]);
  const wethMint = {
    ...mintParameters({ ...v3, zero: wethZero, one: wethOne }, alice, [-60_000, 60_000], parseEther('5')),
    deadline: until,
  };
  const calls = [callData(positions, 'mint', [wethMint]), callData(positions, 'refundETH')];
  await stage.write(alice, positions, 'multicall', [calls], { value: parseEther('6') });
}

async function swaps(stage: Stage, v3: V3): Promise<void> {
  const { router, zero, one, v2, until } = v3;
  const single = (from: Contract, to: Contract, more: object) => ({
    ...{ tokenIn: from.address, tokenOut: to.address, fee: FEE, recipient: bob.address, deadline: until },
    ...{ sqrtPriceLimitX96: 0n, ...more },
  });
  const exactIn = { amountIn: parseEther('3'), amountOutMinimum: 0n };
  const exactOut = { amountOut: parseEther('2'), amountInMaximum: maxUint256 };
  await stage.write(bob, router, 'exactInputSingle', [single(zero, one, exactIn)]);
  await stage.write(bob, router, 'exactInputSingle', [single(one, zero, exactIn)]);
  await stage.write(bob, router, 'exactOutputSingle', [single(zero, one, exactOut)]);
  await stage.write(bob, router, 'exactOutputSingle', [single(one, zero, exactOut)]);
  // Far enough to cross ticks, and as far as the limit lets it.
  await stage.write(bob, router, 'exactInputSingle', [single(one, zero, { ...exactIn, amountIn: parseEther('2500') })]);
  const limited = { ...exactIn, amountIn: parseEther('4000'), sqrtPriceLimitX96: (EVEN_PRICE * 98n) / 100n };
  await stage.write(bob, router, 'exactInputSingle', [single(zero, one, limited)]);
  await stage.refused(bob, router, 'exactInputSingle', [
    single(zero, one, { ...exactIn, amountOutMinimum: maxUint128 }),
  ]);
  await stage.refused(carol, router, 'exactInputSingle', [single(zero, one, exactIn)]);
  const path = encodePacked(
    ['address', 'uint24', 'address', 'uint24', 'address'],
    [v2.weth.address, FEE, zero.address, FEE, one.address],
  );
  const hops = { path, recipient: bob.address, deadline: until, amountIn: parseEther('1'), amountOutMinimum: 0n };
  await stage.write(bob, router, 'exactInput', [hops], { value: parseEther('1') });
  const toEther = single(zero, v2.weth, { ...exactIn, amountIn: parseEther('1'), recipient: router.address });
  const unwrap = callData(router, 'unwrapWETH9', [0n, bob.address]);
  await stage.write(bob, router, 'multicall', [[callData(router, 'exactInputSingle', [toEther]), unwrap]]);
}

async function changePositions(stage: Stage, v3: V3): Promise<void> {
  const { positions, until } = v3;
  const amounts = { amount0Desired: 10n ** 18n, amount1Desired: 10n ** 18n, amount0Min: 0n, amount1Min: 0n };
  await stage.write(bob, positions, 'increaseLiquidity', [{ tokenId: 1n, ...amounts, deadline: until }]);
  const collect = { tokenId: 2n, recipient: alice.address, amount0Max: maxUint128, amount1Max: maxUint128 };
  await stage.write(alice, positions, 'collect', [collect]);
  const held = await stage.read<readonly unknown[]>(positions, 'positions', [2n]);
  const decrease = { tokenId: 2n, liquidity: held[7], amount0Min: 0n, amount1Min: 0n, deadline: until };
  await stage.refused(bob, positions, 'decreaseLiquidity', [decrease]);
  await stage.write(alice, positions, 'decreaseLiquidity', [decrease]);
  await stage.refused(alice, positions, 'burn', [2n]);
  await stage.write(alice, positions, 'collect', [collect]);
  await stage.write(alice, positions, 'burn', [2n]);
  await stage.refused(alice, positions, 'burn', [2n]);
  // The picture and all its text are made on the chain.
  await stage.read(positions, 'tokenURI', [1n]);
  await stage.read(positions, 'tokenURI', [3n]);
  await stage.write(alice, positions, 'safeTransferFrom', [alice.address, bob.address, 1n]);
}

async function pools(stage: Stage, v3: V3): Promise<void> {
  const { factory, zero, one, v2 } = v3;
  const pool = await poolAt(stage, v3, zero, one, FEE);
  await stage.write(bob, pool, 'increaseObservationCardinalityNext', [20]);
  const trader = await stage.make(bob, 'PoolTrader');
  for (const token of [zero, one]) {
    await stage.write(bob, token, 'approve', [trader.address, maxUint256]);
    await stage.write(bob, token, 'transfer', [trader.address, parseEther('10')]);
  }
  for (const [isDown, amount] of [
    [true, 10n ** 18n],
    [false, -(10n ** 17n)],
    [false, 10n ** 20n],
  ] as const) {
    await stage.write(bob, trader, 'swap', [pool.address, isDown, amount, isDown ? MIN_SQRT : MAX_SQRT]);
  }
  await stage.refused(bob, trader, 'swap', [pool.address, true, 1n, MAX_SQRT]);
  await stage.write(bob, trader, 'flash', [pool.address, parseEther('30'), parseEther('40')]);
  await stage.write(alice, factory, 'enableFeeAmount', [100, 1]);
  await stage.write(alice, pool, 'setFeeProtocol', [4, 10]);
  await stage.refused(bob, pool, 'setFeeProtocol', [4, 10]);
  await stage.write(bob, trader, 'swap', [pool.address, true, 10n ** 19n, MIN_SQRT]);
  await stage.write(alice, pool, 'collectProtocol', [carol.address, maxUint128, maxUint128]);
  await stage.wait(60n);
  await stage.read(pool, 'observe', [[0, 30]]);
  const quoter = await stage.deploy(carol, packaged(`${PERIPHERY}/lens/QuoterV2.sol/QuoterV2.json`), [
    factory.address,
    v2.weth.address,
  ]);
  const quote = { tokenIn: zero.address, tokenOut: one.address, fee: FEE, sqrtPriceLimitX96: 0n };
  // No view: it swaps and reverts inside.
  await stage.write(carol, quoter, 'quoteExactInputSingle', [{ ...quote, amountIn: parseEther('100') }]);
  await stage.write(carol, quoter, 'quoteExactOutputSingle', [{ ...quote, amount: parseEther('7') }]);
  const lens = await stage.deploy(carol, packaged(`${PERIPHERY}/lens/TickLens.sol/TickLens.json`));
  for (const word of [-58, 0, 57]) await stage.read(lens, 'getPopulatedTicksInWord', [pool.address, word]);
}

async function flashBetweenPools(stage: Stage, v3: V3): Promise<void> {
  const { factory, router, v2, zero, one, positions } = v3;
  const more = { ...mintParameters(v3, alice, [-600, 600], parseEther('500')), fee: 500 };
  await stage.write(alice, positions, 'mint', [more]);
  const flash = await stage.deploy(bob, packaged(`${PERIPHERY}/examples/PairFlash.sol/PairFlash.json`), [
    router.address,
    factory.address,
    v2.weth.address,
  ]);
  const parameters = {
    ...{ token0: zero.address, token1: one.address, fee1: 100, amount0: 1000n, amount1: 1000n },
    ...{ fee2: FEE, fee3: 500 },
  };
  await stage.refused(bob, flash, 'initFlash', [parameters]);
  await stage.refused(bob, flash, 'initFlash', [{ ...parameters, fee1: 500, fee2: FEE, fee3: FEE }]);
}

async function migrate(stage: Stage, v3: V3): Promise<void> {
  const { v2, zero, one, factory, positions, until } = v3;
  const migrator = await stage.deploy(alice, packaged(`${PERIPHERY}/V3Migrator.sol/V3Migrator.json`), [
    factory.address,
    v2.weth.address,
    positions.address,
  ]);
  const amount = parseEther('100');
  const add = [zero.address, one.address, amount, amount, 0n, 0n, alice.address, until];
  await stage.write(alice, v2.router, 'addLiquidity', add);
  const lp = await pairOf(stage, v2, zero, one);
  await stage.write(alice, lp, 'approve', [migrator.address, maxUint256]);
  const migration = {
    ...{ pair: lp.address, liquidityToMigrate: parseEther('50'), percentageToMigrate: 80 },
    ...{ token0: zero.address, token1: one.address, fee: FEE, tickLower: -1200, tickUpper: 1200 },
    ...{ amount0Min: 0n, amount1Min: 0n, recipient: alice.address, deadline: until, refundAsETH: false },
  };
  await stage.write(alice, migrator, 'migrate', [migration]);
}

export async function uniswapV3(stage: Stage): Promise<void> {
  const v3 = await deployV3(stage);
  await openPositions(stage, v3);
  await swaps(stage, v3);
  await changePositions(stage, v3);
  await pools(stage, v3);
  await flashBetweenPools(stage, v3);
  await migrate(stage, v3);
}
