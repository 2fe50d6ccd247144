import { DasContextJs } from '@crate-crypto/node-eth-kzg';

let context: DasContextJs | undefined;
const loaded = (): DasContextJs => {
  context ??= DasContextJs.create({ usePrecomp: false });
  return context;
};

/** KZG in the shape that viem and ethers want (EIP-4844); loads its trusted setup on first use. */
export const kzg = {
  blobToKzgCommitment: (blob: Uint8Array): Uint8Array => loaded().blobToKzgCommitment(blob),
  computeBlobKzgProof: (blob: Uint8Array, commitment: Uint8Array): Uint8Array =>
    loaded().computeBlobKzgProof(blob, commitment),
};
