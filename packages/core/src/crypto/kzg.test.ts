import { bytesToHex, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { kzgBackend, lazyKzg } from './kzg.ts';

const blob = bytesToHex(new Uint8Array(131_072).map((_, i) => (i % 32 === 0 ? 0 : i % 251)));
const flipped = (hex: string): string => {
  const bytes = hexToBytes(hex as PrefixedHexString);
  bytes[100] = (bytes[100] as number) ^ 1;
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

it('says which library serves', () => {
  expect(['native', 'javascript']).toContain(kzgBackend());
});
