import { isPairingProductOne, P, SUBGROUP, sumOfMultiples } from './bls12381.ts';
import { powerModulo } from './field.ts';
import { bigIntOf, bytesOf } from './precompileRun.ts';

const COMPRESSED = 0x80;
const INFINITY = 0x40;
const IS_LARGER = 0x20;
const G1 = { isTwist: false, point: 128 } as const;
const ELEMENT = 64;

const elements = (...values: readonly bigint[]): Uint8Array =>
  Buffer.concat(values.map((value) => bytesOf(value, ELEMENT)));

const GENERATOR = elements(
  0x17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bbn,
  0x08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1n,
);
/** Generator of G2, negated. */
const MINUS_GENERATOR_2 = elements(
  0x024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8n,
  0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7en,
  0x0d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aan,
  0x13fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030edn,
);
/** The generator of G2 times the secret of Ethereum's KZG ceremony (`g2_monomial[1]` of the consensus specifications' trusted setup). */
const TAU_2 = elements(
  0x185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2n,
  0x15bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72n,
  0x014353bdb96b626dd7d5ee8599d1fca2131569490e28de18e82451a496a9c9794ce26d105941f383ee689bfbbb832a99n,
  0x1666c54b0a32529503432fcae0181b4bef79de09fc63671fda5ed1ba9bfa07899495346f3d7ac9cd23048ef30d0a154fn,
);

/** A point of 48 bytes as its two coordinates; of what is none, undefined. That it is of the group is not looked at. */
function decompressed(bytes: Uint8Array): Uint8Array | undefined {
  const flags = bytes[0] as number;
  if ((flags & COMPRESSED) === 0) return undefined;
  const x = bigIntOf(bytes) & ((1n << 381n) - 1n);
  if ((flags & INFINITY) !== 0) return x === 0n && (flags & IS_LARGER) === 0 ? elements(0n, 0n) : undefined;
  if (x >= P) return undefined;
  const square = (x * x * x + 4n) % P;
  const root = powerModulo(square, (P + 1n) / 4n, P);
  if ((root * root) % P !== square) return undefined;
  const isLarger = root > P - root;
  return elements(x, isLarger === ((flags & IS_LARGER) !== 0) ? root : P - root);
}

/**
 * Whether the polynomial p that is committed to has p(z) = y: e(C − y·G + z·π, G₂) = e(π, τ·G₂). Needs no more of the trusted
 * setup than one point, where libraries read all of it first, which takes seconds.
 * @param z 32 bytes, as y. @param proof 48 bytes, as the commitment.
 * @throws RangeError for bytes that are no points or no field elements.
 */
export function verifyKzgProof(commitment: Uint8Array, z: Uint8Array, y: Uint8Array, proof: Uint8Array): boolean {
  const [c, pi] = [decompressed(commitment), decompressed(proof)];
  if (c === undefined || pi === undefined) throw new RangeError('not a compressed point of BLS12-381');
  if (bigIntOf(z) >= SUBGROUP || bigIntOf(y) >= SUBGROUP) throw new RangeError('not a field element of BLS12-381');
  const minusY = bytesOf(SUBGROUP - bigIntOf(y), 32);
  const left = sumOfMultiples(G1, Buffer.concat([c, bytesOf(1n, 32), GENERATOR, minusY, pi, z]));
  const isOne = left && isPairingProductOne(Buffer.concat([left, MINUS_GENERATOR_2, pi, TAU_2]));
  if (isOne === undefined) throw new RangeError('not a point of the subgroup of BLS12-381');
  return isOne;
}
