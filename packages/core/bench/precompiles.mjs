/**
 * What a call of each precompile costs: ours and EthereumJS's own, in CPU time; and, for each node named, in wall time of an `eth_call`
 * whose code calls the precompile in a loop.
 * @example pnpm build && node packages/core/bench/precompiles.mjs anvil=http://127.0.0.1:8546 minichain=http://127.0.0.1:8545
 */
import { createHash } from 'node:crypto';
import { Common, Mainnet } from '@ethereumjs/common';
import { createEVM, getActivePrecompiles } from '@ethereumjs/evm';
import { precompileAt } from '@minichain/evm';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { loadCrypto } from '../dist/crypto/crypto.js';
import { precompileLibraries } from '../dist/crypto/precompiles.js';

const be = (value, length) =>
  Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(2 * length, '0'),
    'hex',
  );
const join = (...parts) => new Uint8Array(Buffer.concat(parts));
/** The same bytes in every run. */
const bytes = (length, seed = 1) =>
  join(
    ...Array.from({ length: Math.ceil(length / 32) }, (_, i) => createHash('sha256').update(`${seed}:${i}`).digest()),
  ).subarray(0, length);

function bnPoint(k) {
  const { x, y } = bn254.G1.Point.BASE.multiply(k).toAffine();
  return join(be(x, 32), be(y, 32));
}
function bnTwist(k) {
  const { x, y } = bn254.G2.Point.BASE.multiply(k).toAffine();
  return join(be(x.c1, 32), be(x.c0, 32), be(y.c1, 32), be(y.c0, 32));
}
function blsPoint(k) {
  const { x, y } = bls12_381.G1.Point.BASE.multiply(k).toAffine();
  return join(be(x, 64), be(y, 64));
}
function blsTwist(k) {
  const { x, y } = bls12_381.G2.Point.BASE.multiply(k).toAffine();
  return join(be(x.c0, 64), be(x.c1, 64), be(y.c0, 64), be(y.c1, 64));
}
function modexp(b, e, m) {
  return join(be(b.length, 32), be(e.length, 32), be(m.length, 32), b, e, m);
}
function odd(length) {
  const modulus = bytes(length, 9);
  modulus[0] |= 128;
  modulus[length - 1] |= 1;
  return modulus;
}
function ecrecoverInput() {
  const digest = bytes(32);
  const signature = secp256k1.sign(digest, bytes(32, 2), { prehash: false, format: 'recovered' });
  return join(digest, be(27 + signature[0], 32), signature.subarray(1));
}
function p256Input() {
  const digest = bytes(32);
  const key = bytes(32, 3);
  return join(digest, p256.sign(digest, key, { prehash: false }), p256.getPublicKey(key, false).subarray(1));
}
/** The polynomial zero: its commitment and its proof are the point at infinity. */
function pointInput() {
  const infinity = join(be(0xc0, 1), new Uint8Array(47));
  const hash = createHash('sha256').update(infinity).digest();
  hash[0] = 1;
  return join(hash, bytes(32).fill(0, 0, 1), new Uint8Array(32), infinity, infinity);
}

const k = BigInt(`0x${Buffer.from(bytes(31)).toString('hex')}`);
const scalar = bytes(32, 7);
const repeated = (count, part) => join(...Array.from({ length: count }, (_, i) => part(k + BigInt(i))));
const cases = [
  ['ecrecover', 0x01, ecrecoverInput()],
  ['sha256, 128 bytes', 0x02, bytes(128)],
  ['ripemd160, 128 bytes', 0x03, bytes(128)],
  ['identity, 128 bytes', 0x04, bytes(128)],
  ['modexp, 256 bits', 0x05, modexp(bytes(32), bytes(32, 2), odd(32))],
  ['modexp, 2048 bits, 65537', 0x05, modexp(bytes(256), be(65537, 3), odd(256))],
  ['modexp, 2048 bits each', 0x05, modexp(bytes(256), bytes(256, 2), odd(256))],
  ['bn254 add', 0x06, join(bnPoint(k), bnPoint(k + 1n))],
  ['bn254 mul', 0x07, join(bnPoint(k), scalar)],
  ['bn254 pairing, 2', 0x08, repeated(2, (n) => join(bnPoint(n), bnTwist(n)))],
  ['blake2f, 12 rounds', 0x09, join(be(12, 4), bytes(208), be(1, 1))],
  ['blake2f, 10,000 rounds', 0x09, join(be(10_000, 4), bytes(208), be(1, 1))],
  ['point evaluation', 0x0a, pointInput()],
  ['BLS G1 add', 0x0b, join(blsPoint(k), blsPoint(k + 1n))],
  ['BLS G1 sum, 1', 0x0c, join(blsPoint(k), scalar)],
  ['BLS G1 sum, 16', 0x0c, repeated(16, (n) => join(blsPoint(n), scalar))],
  ['BLS G2 add', 0x0d, join(blsTwist(k), blsTwist(k + 1n))],
  ['BLS G2 sum, 1', 0x0e, join(blsTwist(k), scalar)],
  ['BLS G2 sum, 16', 0x0e, repeated(16, (n) => join(blsTwist(n), scalar))],
  ['BLS pairing, 2', 0x0f, repeated(2, (n) => join(blsPoint(n), blsTwist(n)))],
  ['BLS map to G1', 0x10, join(new Uint8Array(17), bytes(47))],
  ['BLS map to G2', 0x11, join(new Uint8Array(17), bytes(47), new Uint8Array(17), bytes(47, 2))],
  ['P-256 verify', 0x100, p256Input()],
];

async function microseconds(run, budget = 150) {
  const until = performance.now() + budget;
  while (performance.now() < until) await run();
  let calls = 0;
  const before = process.cpuUsage();
  const end = performance.now() + budget;
  while (performance.now() < end) {
    for (let i = 0; i < 4; i++) {
      const result = run();
      if (result instanceof Promise) await result;
    }
    calls += 4;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

const target = '0x00000000000000000000000000000000000bec00';

/** Copies the input to memory and calls the precompile so many times. */
function loopCode(address, times) {
  const word = (value) => value.toString(16).padStart(4, '0');
  return `0x365f5f3761${word(times)}5b5f5f365f61${word(address)}5afa50600190038060075700`;
}

async function call(url, code, data) {
  const params = [{ to: target, data, gas: '0xfffff0' }, 'latest', { [target]: { code } }];
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params }),
  });
  const { error } = await response.json();
  if (error !== undefined) throw new Error(`${url}: ${error.message}`);
  return performance.now() - started;
}

/** Microseconds of one call in the loop: the best of five, less a loop of one. */
async function overRpc(url, address, input, times) {
  const data = `0x${Buffer.from(input).toString('hex')}`;
  const best = async (count) => {
    const all = [];
    for (let i = 0; i < 5; i++) all.push(await call(url, loopCode(address, count), data));
    return Math.min(...all);
  };
  return ((await best(times)) - (await best(1))) * (1000 / (times - 1));
}

const common = new Common({ chain: Mainnet, hardfork: 'osaka', customCrypto: await loadCrypto() });
const plainCommon = new Common({ chain: Mainnet, hardfork: 'osaka' });
const at = precompileAt(common, precompileLibraries);
const evm = await createEVM({ common: plainCommon });
const theirs = getActivePrecompiles(plainCommon);
const nodes = process.argv
  .slice(2)
  .map((argument) => [argument.split('=')[0], argument.slice(argument.indexOf('=') + 1)]);
const GAS = 10n ** 10n;

console.log(
  ['precompile', 'gas', 'minichain µs', 'EthereumJS µs', ...nodes.map(([name]) => `${name} µs by eth_call`)].join('\t'),
);
for (const [name, address, input] of cases) {
  const run = at(address);
  const { gasUsed } = run(input, GAS);
  const ours = await microseconds(() => run(input, GAS));
  const slow = theirs.get(address.toString(16).padStart(40, '0'));
  const options = { data: input, gasLimit: GAS, common: plainCommon, _EVM: evm };
  const library = address === 0x0a ? undefined : await microseconds(() => slow(options));
  const times = Math.max(3, Math.min(20_000, Math.floor(14_000_000 / (Number(gasUsed) + 200))));
  const rpc = [];
  for (const [, url] of nodes) rpc.push((await overRpc(url, address, input, times)).toFixed(2));
  console.log([name, gasUsed, ours.toFixed(2), library?.toFixed(2) ?? '–', ...rpc].join('\t'));
}
