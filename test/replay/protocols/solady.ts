import {
  concatHex,
  encodeAbiParameters,
  type Hex,
  hashMessage,
  keccak256,
  maxUint256,
  pad,
  parseEther,
  toHex,
} from 'viem';
import { alice, bob, carol } from '../../differential/accounts.ts';
import { p256Signature } from '../p256.ts';
import { permitOf } from '../permit.ts';
import { at, type Contract, callData, type Stage } from '../stage.ts';

const WAD = 10n ** 18n;
const SALT = toHex(7, { size: 32 });
const word = (value: bigint): Hex => toHex(value, { size: 32 });

async function tokens(stage: Stage): Promise<void> {
  const silver = await stage.make(alice, 'Silver');
  await stage.write(alice, silver, 'mint', [alice.address, 1000n * WAD]);
  await stage.write(alice, silver, 'transfer', [bob.address, WAD]);
  await stage.write(alice, silver, 'approve', [bob.address, 2n * WAD]);
  await stage.write(bob, silver, 'transferFrom', [alice.address, carol.address, WAD]);
  await stage.refused(bob, silver, 'transferFrom', [alice.address, carol.address, 2n * WAD]);
  await stage.refused(carol, silver, 'transfer', [bob.address, maxUint256]);
  const permit = await permitOf(stage, silver, { owner: alice, spender: carol.address, value: 5n, until: 2n ** 40n });
  await stage.write(bob, silver, 'permit', permit);
  await stage.refused(bob, silver, 'permit', permit);
  await stage.write(alice, silver, 'burn', [WAD]);
  const vault = await stage.make(alice, 'Safe4626', [silver.address]);
  await stage.write(alice, silver, 'approve', [vault.address, maxUint256]);
  await stage.write(alice, vault, 'deposit', [100n * WAD, bob.address]);
  await stage.write(alice, vault, 'mint', [50n * WAD, alice.address]);
  await stage.write(alice, silver, 'transfer', [vault.address, 13n * WAD]);
  await stage.write(bob, vault, 'redeem', [20n * WAD, bob.address, bob.address]);
  await stage.write(alice, vault, 'withdraw', [10n * WAD, carol.address, alice.address]);
  await stage.refused(carol, vault, 'redeem', [WAD, carol.address, bob.address]);
  const card = await stage.make(alice, 'Card');
  for (const id of [1n, 2n, 2n ** 200n]) await stage.write(alice, card, 'mint', [alice.address, id]);
  await stage.refused(alice, card, 'mint', [alice.address, 1n]);
  await stage.refused(alice, card, 'mint', [vault.address, 9n]);
  await stage.write(alice, card, 'approve', [bob.address, 1n]);
  await stage.write(bob, card, 'safeTransferFrom', [alice.address, carol.address, 1n]);
  await stage.refused(bob, card, 'transferFrom', [alice.address, carol.address, 2n]);
  await stage.write(alice, card, 'burn', [2n]);
  const ether = await stage.make(alice, 'WrappedEther');
  await stage.send(alice, { to: ether.address, value: 9n });
  await stage.write(alice, ether, 'withdraw', [4n]);
}

async function clones(stage: Stage): Promise<void> {
  const forge = await stage.make(alice, 'Forge');
  const counter = await stage.make(alice, 'Counter');
  const { logs } = await stage.write(alice, forge, 'clones', [counter.address, '0x11223344', SALT], { value: 5n });
  await stage.refused(alice, forge, 'clones', [counter.address, '0x11223344', SALT], { value: 5n });
  for (const { data } of logs) {
    const clone = at(`0x${data.slice(26)}`, counter);
    await stage.write(bob, clone, 'add', [3n], { value: 1n });
    await stage.write(bob, clone, 'add', [4n]);
  }
  await stage.write(alice, forge, 'create3', [counterCode(stage), SALT], { value: 0n });
  await stage.refused(alice, forge, 'create3', [counterCode(stage), SALT]);
  for (const size of [0, 1, 31, 32, 1000]) await stage.write(alice, forge, 'store', [`0x${'5a'.repeat(size)}`]);
  const factory = await stage.make(alice, 'ProxyFactory');
  const call = callData(counter, 'add', [1n]);
  const made = await stage.write(alice, factory, 'deployAndCall', [counter.address, alice.address, call]);
  const proxy = at(pad(made.logs[0]?.topics[1] as Hex, { size: 32 }).replace(/^0x0{24}/, '0x') as Hex, counter);
  await stage.write(bob, proxy, 'add', [2n]);
  await stage.refused(bob, factory, 'upgrade', [proxy.address, forge.address]);
  await stage.write(alice, factory, 'upgradeAndCall', [proxy.address, counter.address, call]);
}

const counterCode = (stage: Stage): Hex => stage.own('Counter').bytecode;

async function numbers(stage: Stage, bench: Contract): Promise<void> {
  for (const [x, y] of [
    [WAD, 2n * WAD],
    [-3n * WAD, 7n],
    [5n, 123_456_789n * WAD],
    [20n * WAD, WAD / 3n],
  ] as const) {
    await stage.write(alice, bench, 'fixedPoint', [x, y]);
  }
  await stage.refused(alice, bench, 'fixedPoint', [WAD, -1n]);
  await stage.refused(alice, bench, 'fixedPoint', [200n * WAD, 2n * WAD]);
  for (const [x, n] of [
    [2n * WAD, 5n],
    [maxUint256 / WAD, 0n],
    [WAD + 1n, 57n],
  ] as const) {
    await stage.write(alice, bench, 'roots', [x, n]);
  }
  await stage.refused(alice, bench, 'roots', [WAD, 58n]);
  for (const x of [0n, 1n, 2n ** 255n, 0x0123456789abcdefn << 77n, maxUint256])
    await stage.write(alice, bench, 'bits', [x]);
  for (const time of [0n, 951_782_400n, 4_102_444_799n]) await stage.write(alice, bench, 'dates', [time]);
}

async function signatures(stage: Stage, bench: Contract): Promise<void> {
  const hash = hashMessage('hello');
  const signature = await alice.sign({ hash });
  await stage.write(bob, bench, 'recover', [hash, signature]);
  const [r, s, v] = [signature.slice(2, 66), BigInt(`0x${signature.slice(66, 130)}`), signature.slice(130)];
  const compact: Hex = `0x${r}${(s | (v === '1c' ? 2n ** 255n : 0n)).toString(16).padStart(64, '0')}`;
  await stage.write(bob, bench, 'recover', [hash, compact]);
  await stage.refused(bob, bench, 'recover', [hash, `0x${'11'.repeat(63)}`]);
  await stage.refused(bob, bench, 'recover', [hash, `0x${'ff'.repeat(64)}1b`]);
  const signer = await stage.make(alice, 'Signer');
  await stage.write(bob, bench, 'check', [alice.address, hash, signature]);
  await stage.write(bob, bench, 'check', [bob.address, hash, signature]);
  await stage.write(bob, bench, 'check', [signer.address, hash, '0x']);
  await stage.write(alice, signer, 'sign', [hash]);
  await stage.write(bob, bench, 'check', [signer.address, hash, '0x']);
  const [digest, ...rest] = p256Signature('hello');
  await stage.write(bob, bench, 'p256', [digest, ...rest]);
  await stage.write(bob, bench, 'p256', [hash, ...rest]);
  const leaves = [1n, 2n].map((one) => keccak256(encodeAbiParameters([{ type: 'uint256' }], [one])));
  const root = keccak256(concatHex([...leaves].sort()));
  await stage.write(bob, bench, 'proof', [[leaves[1]], root, leaves[0]]);
  await stage.refused(bob, bench, 'proof', [[leaves[1]], root, leaves[1]]);
}

async function structures(stage: Stage, bench: Contract): Promise<void> {
  for (const count of [1n, 40n, 200n]) await stage.write(carol, bench, 'sort', [count * 77n, count]);
  await stage.write(carol, bench, 'tree', [1n, 40n]);
  await stage.write(carol, bench, 'tree', [2n, 25n]);
  await stage.write(carol, bench, 'heap', [3n, 30n]);
  await stage.write(carol, bench, 'heap', [4n, 10n]);
  await stage.write(carol, bench, 'bitmap', [250n, 900n]);
  await stage.write(carol, bench, 'bitmap', [100n, 300n]);
  const words = 'The quick brown fox jumps over "the lazy" dog. '.repeat(6);
  await stage.write(carol, bench, 'encodings', [words]);
  await stage.write(carol, bench, 'text', [words, maxUint256]);
  await stage.write(carol, bench, 'fleeting', [41n]);
  await stage.refused(carol, bench, 'reenter');
  const both = [callData(bench, 'bits', [99n]), callData(bench, 'fleeting', [1n])];
  await stage.write(carol, bench, 'multicall', [both]);
  await stage.refused(carol, bench, 'multicall', [[...both, callData(bench, 'reenter')]]);
  await stage.write(carol, bench, 'pay', [`0x${word(0xfeedn).slice(26)}`, parseEther('0.1')], {
    value: parseEther('1'),
  });
  const unreturning = await stage.make(carol, 'MissingReturns');
  await stage.refused(carol, bench, 'pull', [unreturning.address, carol.address, 5n]);
  await stage.write(carol, unreturning, 'approve', [bench.address, 5n]);
  await stage.write(carol, bench, 'pull', [unreturning.address, carol.address, 5n]);
}

export async function solady(stage: Stage): Promise<void> {
  await tokens(stage);
  await clones(stage);
  const bench = await stage.make(alice, 'Bench');
  await numbers(stage, bench);
  await signatures(stage, bench);
  await structures(stage, bench);
}
