// Writes src/precompileInputs.ts: `node packages/bench/makeInputs.mjs`.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

const be = (value, length) =>
  BigInt(value)
    .toString(16)
    .padStart(2 * length, '0');
const hex = (value) => Buffer.from(value).toString('hex');
/** The same bytes in every run. */
const bytes = (length, seed = 1) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(length / 32) }, (_, i) => createHash('sha256').update(`${seed}:${i}`).digest()),
  ).subarray(0, length);

const coordinates = (point, length) => Object.values(point).map((value) => be(value, length));
const bn1 = (k) => coordinates(bn254.G1.Point.BASE.multiply(k).toAffine(), 32).join('');
function bn2(k) {
  const { x, y } = bn254.G2.Point.BASE.multiply(k).toAffine();
  return [x.c1, x.c0, y.c1, y.c0].map((value) => be(value, 32)).join('');
}
const bls1 = (k) => coordinates(bls12_381.G1.Point.BASE.multiply(k).toAffine(), 64).join('');
function bls2(k) {
  const { x, y } = bls12_381.G2.Point.BASE.multiply(k).toAffine();
  return [x.c0, x.c1, y.c0, y.c1].map((value) => be(value, 64)).join('');
}
const modexp = (b, e, m) => [b, e, m].map(({ length }) => be(length, 32)).join('') + [b, e, m].map(hex).join('');
function odd(length) {
  const modulus = bytes(length, 9);
  modulus[0] |= 128;
  modulus[length - 1] |= 1;
  return modulus;
}
function signed() {
  const digest = bytes(32);
  const signature = secp256k1.sign(digest, bytes(32, 2), { prehash: false, format: 'recovered' });
  return hex(digest) + be(27 + signature[0], 32) + hex(signature.subarray(1));
}
function signedP256() {
  const digest = bytes(32);
  const key = bytes(32, 3);
  return hex(digest) + hex(p256.sign(digest, key, { prehash: false })) + hex(p256.getPublicKey(key, false).subarray(1));
}
/** The polynomial zero: its commitment and its proof are the point at infinity. */
function point() {
  const infinity = `c0${'00'.repeat(47)}`;
  const hash = createHash('sha256').update(Buffer.from(infinity, 'hex')).digest();
  hash[0] = 1;
  return hex(hash) + hex(bytes(32).fill(0, 0, 1)) + be(0, 32) + infinity + infinity;
}

const k = BigInt(`0x${hex(bytes(31))}`);
const scalar = hex(bytes(32, 7));
const pairs = (first, second) => [0n, 1n].map((n) => first(k + n) + second(k + n)).join('');
const inputs = [
  ['ecrecover', 0x01, 1000, signed()],
  ['sha256, 128 bytes', 0x02, 5000, hex(bytes(128))],
  ['ripemd160, 128 bytes', 0x03, 5000, hex(bytes(128))],
  ['modexp, 2048 bits, 65537', 0x05, 200, modexp(bytes(256), Buffer.from('010001', 'hex'), odd(256))],
  ['bn254 add', 0x06, 5000, bn1(k) + bn1(k + 1n)],
  ['bn254 mul', 0x07, 500, bn1(k) + scalar],
  ['bn254 pairing, 2', 0x08, 100, pairs(bn1, bn2)],
  ['blake2f, 12 rounds', 0x09, 5000, be(12, 4) + hex(bytes(208)) + be(1, 1)],
  ['point evaluation', 0x0a, 100, point()],
  ['BLS12-381 G1 add', 0x0b, 1000, bls1(k) + bls1(k + 1n)],
  ['BLS12-381 G1 multiply', 0x0c, 200, bls1(k) + scalar],
  ['BLS12-381 G2 add', 0x0d, 1000, bls2(k) + bls2(k + 1n)],
  ['BLS12-381 pairing, 2', 0x0f, 100, pairs(bls1, bls2)],
  ['P-256 verify', 0x100, 500, signedP256()],
];

const out = [
  '// Written by makeInputs.mjs.',
  '/** Inputs that each precompile takes, and how often it is called in one `eth_call`. */',
  'export const INPUTS: readonly { name: string; address: number; rounds: number; input: string }[] = [',
  ...inputs.map(
    ([name, address, rounds, input]) =>
      `  { name: '${name}', address: ${address}, rounds: ${rounds}, input: [${input.match(/.{1,100}/g).map((part) => `'${part}'`)}].join('') },`,
  ),
  '];',
];
writeFileSync(new URL('src/precompileInputs.ts', import.meta.url), `${out.join('\n')}\n`);
