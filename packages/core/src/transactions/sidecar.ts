import { createHash } from 'node:crypto';
import type { Common } from '@ethereumjs/common';
import { bytesToHex, hexToBytes, type KZG, type PrefixedHexString } from '@ethereumjs/util';
import type { CallRequest } from '../execution/request.ts';
import { transactionError } from './faults.ts';

type Bytes = readonly Uint8Array[];

/** What proves that blobs are those of a transaction (EIP-4844; EIP-7594's 128 cell proofs a blob from Osaka on). */
interface Sidecar {
  readonly blobs: Bytes;
  readonly kzgCommitments: Bytes;
  readonly kzgProofs: Bytes;
  readonly blobVersionedHashes: Bytes;
}

const BLOB_BYTES = 131072;
const CELLS_PER_BLOB = 128;
const KZG_VERSION = 0x01;

const invalid = (detail: string, options?: ErrorOptions) => transactionError({ code: 'BLOB_INVALID', detail }, options);
const kzgOf = (common: Common): KZG => common.customCrypto.kzg as KZG;
const hexes = (list: Bytes): PrefixedHexString[] => list.map((item) => bytesToHex(item));
const fromHex = (list: readonly string[]): Uint8Array[] => list.map((item) => hexToBytes(item as PrefixedHexString));

/** The library says in words of C or Rust what a blob or proof lacks. */
function attempt<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw invalid(`${what}: ${detail}`, { cause: error });
  }
}

function versionedHash(commitment: Uint8Array): Uint8Array {
  const hash = new Uint8Array(createHash('sha256').update(commitment).digest());
  hash[0] = KZG_VERSION;
  return hash;
}

function commitmentsOf({ blobs = [], kzgCommitments }: CallRequest, common: Common): Bytes {
  blobs.forEach(({ length }, index) => {
    if (length !== BLOB_BYTES) throw invalid(`blob ${index} has ${length} bytes, expected ${BLOB_BYTES}`);
  });
  if (kzgCommitments !== undefined) return kzgCommitments;
  return attempt('cannot commit to the blobs', () =>
    fromHex(blobs.map((blob) => kzgOf(common).blobToKzgCommitment(bytesToHex(blob)))),
  );
}

function proofsOf(blobs: Bytes, commitments: Bytes, common: Common): Bytes {
  const kzg = kzgOf(common);
  return attempt('cannot prove the blobs', () => {
    if (common.isActivatedEIP(7594)) return fromHex(hexes(blobs).flatMap((blob) => kzg.computeCellsAndProofs(blob)[1]));
    return fromHex(
      blobs.map((blob, i) => kzg.computeBlobProof(bytesToHex(blob), bytesToHex(commitments[i] as Uint8Array))),
    );
  });
}

function proofsHold({ blobs, kzgCommitments, kzgProofs }: Sidecar, common: Common): boolean {
  const kzg = kzgOf(common);
  if (!common.isActivatedEIP(7594)) {
    return kzg.verifyBlobProofBatch(hexes(blobs), hexes(kzgCommitments), hexes(kzgProofs));
  }
  const indices = Array.from({ length: CELLS_PER_BLOB * blobs.length }, (_, i) => i % CELLS_PER_BLOB);
  const commitments = indices.map((_, i) => bytesToHex(kzgCommitments[Math.floor(i / CELLS_PER_BLOB)] as Uint8Array));
  return kzg.verifyCellKzgProofBatch(
    commitments,
    indices,
    hexes(blobs).flatMap((blob) => kzg.computeCells(blob)),
    hexes(kzgProofs),
  );
}

/** @throws TransactionError BLOB_INVALID. */
function verify(sidecar: Sidecar, common: Common): void {
  const { blobs, kzgCommitments, kzgProofs } = sidecar;
  if (kzgCommitments.length !== blobs.length) {
    throw invalid(`${blobs.length} blobs need as many commitments, got ${kzgCommitments.length}`);
  }
  const perBlob = common.isActivatedEIP(7594) ? CELLS_PER_BLOB : 1;
  if (kzgProofs.length !== blobs.length * perBlob) {
    throw invalid(`${blobs.length} blobs need ${blobs.length * perBlob} proofs, got ${kzgProofs.length}`);
  }
  if (!attempt('cannot verify the proofs', () => proofsHold(sidecar, common))) {
    throw invalid('the proofs do not match blobs and commitments');
  }
}

/**
 * A request for a blob transaction with commitments, proofs and hashes: what is absent is computed, what is given is verified.
 * Requests without blobs come back as they are.
 * @throws TransactionError BLOB_INVALID.
 */
export function withSidecar(request: CallRequest, common: Common): CallRequest {
  const { blobs, blobVersionedHashes: given } = request;
  if (blobs === undefined) return request;
  const kzgCommitments = commitmentsOf(request, common);
  const kzgProofs = request.kzgProofs ?? proofsOf(blobs, kzgCommitments, common);
  const blobVersionedHashes = kzgCommitments.map(versionedHash);
  if (given !== undefined && hexes(given).join() !== hexes(blobVersionedHashes).join()) {
    throw invalid('the versioned hashes are not those of the commitments');
  }
  const sidecar: Sidecar = { blobs, kzgCommitments, kzgProofs, blobVersionedHashes };
  if (request.kzgCommitments !== undefined || request.kzgProofs !== undefined) verify(sidecar, common);
  return { ...request, ...sidecar };
}

/**
 * A request as code sees it run: the hashes of its blobs, not the blobs.
 * @throws TransactionError BLOB_INVALID.
 */
export function withoutSidecar(request: CallRequest, common: Common): CallRequest {
  if (request.blobs === undefined) return request;
  const { blobs: _1, kzgCommitments: _2, kzgProofs: _3, ...rest } = request;
  const blobVersionedHashes = request.blobVersionedHashes ?? commitmentsOf(request, common).map(versionedHash);
  return { ...rest, blobVersionedHashes };
}
