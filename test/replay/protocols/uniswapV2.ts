import { type Hex, maxUint256, parseEther } from 'viem';
import { alice, bob, carol } from '../../differential/accounts.ts';
import { packaged } from '../artifacts.ts';
import { permission } from '../permit.ts';
import { at, type Contract, type Stage } from '../stage.ts';

const CORE = '@uniswap/v2-core/build';
const PERIPHERY = '@uniswap/v2-periphery/build';

export interface V2 {
  readonly weth: Contract;
  readonly factory: Contract;
  readonly router: Contract;
}

const deadline = async (stage: Stage): Promise<bigint> => (await stage.now()) + 1_000n;

export async function deployV2(stage: Stage): Promise<V2> {
  const weth = await stage.deploy(alice, packaged(`${PERIPHERY}/WETH9.json`));
  const factory = await stage.deploy(alice, packaged(`${CORE}/UniswapV2Factory.json`), [alice.address]);
  const router = await stage.deploy(alice, packaged(`${PERIPHERY}/UniswapV2Router02.json`), [
    factory.address,
    weth.address,
  ]);
  return { weth, factory, router };
}

/** Tokens for alice and bob, who let `spenders` take them. */
export async function tokens(
  stage: Stage,
  names: readonly string[],
  spenders: readonly Contract[],
): Promise<Contract[]> {
  const made: Contract[] = [];
  for (const name of names) {
    const token = await stage.make(alice, 'Gold', [name]);
    for (const owner of [alice, bob]) {
      await stage.write(owner, token, 'mint', [owner.address, parseEther('1000000')]);
      for (const { address } of spenders) await stage.write(owner, token, 'approve', [address, maxUint256]);
    }
    made.push(token);
  }
  return made;
}

export async function pairOf(stage: Stage, { factory }: V2, one: Contract, other: Contract): Promise<Contract> {
  const address = await stage.read<Hex>(factory, 'getPair', [one.address, other.address]);
  return at(address, packaged(`${CORE}/UniswapV2Pair.json`));
}

async function swaps(stage: Stage, { router, weth }: V2, a: Contract, b: Contract): Promise<void> {
  const until = await deadline(stage);
  const there = [a.address, b.address];
  const back = [b.address, a.address];
  const through = [weth.address, a.address, b.address];
  const one = parseEther('1');
  await stage.write(bob, router, 'swapExactTokensForTokens', [one, 0n, there, bob.address, until]);
  await stage.write(bob, router, 'swapExactTokensForTokens', [3n * one, 0n, back, carol.address, until]);
  await stage.write(bob, router, 'swapTokensForExactTokens', [one, maxUint256, there, bob.address, until]);
  await stage.write(bob, router, 'swapTokensForExactTokens', [one, maxUint256, back, bob.address, until]);
  await stage.write(bob, router, 'swapExactETHForTokens', [0n, through, bob.address, until], { value: one });
  await stage.write(bob, router, 'swapETHForExactTokens', [one / 2n, through, bob.address, until], { value: one });
  await stage.write(bob, router, 'swapExactTokensForETH', [one, 0n, [...through].reverse(), bob.address, until]);
  await stage.write(bob, router, 'swapTokensForExactETH', [
    one / 10n,
    maxUint256,
    [...through].reverse(),
    bob.address,
    until,
  ]);
  await stage.refused(bob, router, 'swapExactTokensForTokens', [one, maxUint256, there, bob.address, until]);
  await stage.refused(bob, router, 'swapExactTokensForTokens', [one, 0n, there, bob.address, 1n]);
  await stage.refused(carol, router, 'swapExactTokensForTokens', [one, 0n, there, carol.address, until]);
}

/** Pairs as on mainnet: their creation code is the one that the router knows the hash of. */
export async function uniswapV2(stage: Stage): Promise<void> {
  const v2 = await deployV2(stage);
  const { weth, factory, router } = v2;
  const [a, b, c] = (await tokens(stage, ['A', 'B', 'C'], [router])) as [Contract, Contract, Contract];
  const until = await deadline(stage);
  const thousand = parseEther('1000');
  await stage.write(alice, factory, 'createPair', [a.address, c.address]);
  await stage.refused(alice, factory, 'createPair', [c.address, a.address]);
  const add = [a.address, b.address, thousand, 2n * thousand, 0n, 0n, alice.address, until];
  await stage.write(alice, router, 'addLiquidity', add);
  await stage.write(bob, router, 'addLiquidity', add);
  await stage.write(alice, router, 'addLiquidityETH', [a.address, thousand, 0n, 0n, alice.address, until], {
    value: parseEther('10'),
  });
  await swaps(stage, v2, a, b);
  const lp = await pairOf(stage, v2, a, b);
  await flashSwaps(stage, lp, a);
  const taxed = await stage.make(bob, 'FeeOnTransfer');
  await feeOnTransfer(stage, v2, taxed);
  await stage.write(alice, factory, 'setFeeTo', [carol.address]);
  await stage.write(bob, router, 'addLiquidity', add);
  await swaps(stage, v2, a, b);
  await stage.write(alice, lp, 'approve', [router.address, maxUint256]);
  const remove = [a.address, b.address, parseEther('5'), 0n, 0n, alice.address, until];
  await stage.write(alice, router, 'removeLiquidity', remove);
  const ethLp = await pairOf(stage, v2, a, weth);
  const given = { owner: alice, spender: router.address, value: parseEther('2'), until };
  const signed = await permission(stage, ethLp, given);
  const withPermit = [a.address, parseEther('2'), 0n, 0n, alice.address, until, false, ...signed];
  await stage.write(alice, router, 'removeLiquidityETHWithPermit', withPermit);
  await stage.refused(alice, router, 'removeLiquidityETHWithPermit', withPermit);
  await stage.write(alice, lp, 'sync');
  await stage.write(alice, a, 'transfer', [lp.address, 12_345n]);
  await stage.write(alice, lp, 'skim', [bob.address]);
  await oracle(stage, v2, a, b);
  await stage.write(alice, weth, 'deposit', [], { value: 5n });
  await stage.write(alice, weth, 'withdraw', [5n]);
  await stage.refused(alice, weth, 'withdraw', [5n]);
}

async function flashSwaps(stage: Stage, lp: Contract, token: Contract): Promise<void> {
  const swapper = await stage.make(bob, 'FlashSwapper');
  const zero = await stage.read<Hex>(lp, 'token0');
  const [amount0, amount1] = zero.toLowerCase() === token.address.toLowerCase() ? [1_000_000n, 0n] : [0n, 1_000_000n];
  await stage.write(bob, token, 'transfer', [swapper.address, 100_000n]);
  await stage.write(bob, swapper, 'borrow', [lp.address, amount0, amount1, true]);
  await stage.refused(bob, swapper, 'borrow', [lp.address, amount0, amount1, false]);
  await stage.refused(bob, lp, 'swap', [0n, 0n, bob.address, '0x']);
}

async function feeOnTransfer(stage: Stage, v2: V2, token: Contract): Promise<void> {
  const { router, weth } = v2;
  const until = await deadline(stage);
  await stage.write(bob, token, 'approve', [router.address, maxUint256]);
  const add = [token.address, parseEther('1000'), 0n, 0n, bob.address, until];
  await stage.write(bob, router, 'addLiquidityETH', add, { value: parseEther('7') });
  const sell = [parseEther('1'), 0n, [token.address, weth.address], bob.address, until];
  await stage.refused(bob, router, 'swapExactTokensForETH', sell);
  await stage.write(bob, router, 'swapExactTokensForETHSupportingFeeOnTransferTokens', sell);
  const buy = [0n, [weth.address, token.address], bob.address, until];
  await stage.write(bob, router, 'swapExactETHForTokensSupportingFeeOnTransferTokens', buy, { value: 10n ** 17n });
  const lp = await pairOf(stage, v2, token, weth);
  await stage.write(bob, lp, 'approve', [router.address, maxUint256]);
  const remove = [token.address, parseEther('1'), 0n, 0n, bob.address, until];
  await stage.write(bob, router, 'removeLiquidityETHSupportingFeeOnTransferTokens', remove);
}

async function oracle(stage: Stage, { factory }: V2, a: Contract, b: Contract): Promise<void> {
  const args = [factory.address, a.address, b.address];
  const average = await stage.deploy(carol, packaged(`${PERIPHERY}/ExampleOracleSimple.json`), args);
  await stage.refused(carol, average, 'update');
  await stage.wait(90_000n);
  await stage.write(carol, average, 'update');
  await stage.read(average, 'consult', [a.address, parseEther('1')]);
}
