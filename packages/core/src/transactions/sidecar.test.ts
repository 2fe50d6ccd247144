import { isBlob4844Tx, type TypedTransaction } from '@ethereumjs/tx';
import { bytesToHex, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';
import type { CallRequest } from '../execution/request.ts';

const bytes = (hex: string): Uint8Array => hexToBytes(hex as PrefixedHexString);
/** A valid blob: every word is below the field's modulus. */
const blobOf = (seed: number): Uint8Array =>
  new Uint8Array(131072).map((_, i) => (i % 32 === 0 ? 0 : (i + seed) % 251));

interface SidecarFields {
  readonly blobs: Uint8Array[];
  readonly kzgCommitments: Uint8Array[];
  readonly kzgProofs: Uint8Array[];
}

function sidecarOf(tx: TypedTransaction): SidecarFields {
  if (!isBlob4844Tx(tx)) throw new TypeError('not a blob transaction');
  const { blobs = [], kzgCommitments = [], kzgProofs = [] } = tx;
  return { blobs: blobs.map(bytes), kzgCommitments: kzgCommitments.map(bytes), kzgProofs: kzgProofs.map(bytes) };
}

describe.each([
  ['prague', 'blob proofs', 1],
  ['osaka', 'cell proofs', 128],
])('blobs under %s (%s)', (hardfork, _, proofsPerBlob) => {
  let chain: Chain;
  let from: CallRequest['from'];
  let to: CallRequest['from'];
  /** A signed transaction of one blob with everything computed. */
  let signed: TypedTransaction;

  const send = (fields: Partial<CallRequest>) =>
    chain.control.submit({ ...(from && { from }), ...(to && { to }), ...fields } as CallRequest);
  const network = (tx: TypedTransaction): Uint8Array => {
    if (!isBlob4844Tx(tx)) throw new TypeError('not a blob transaction');
    return tx.serializeNetworkWrapper();
  };

  beforeAll(async () => {
    chain = await createChain({ hardfork });
    from = chain.accounts.owned[0]?.address;
    to = chain.accounts.owned[1]?.address;
    signed = await chain.control.signTransaction({ ...(from && { from }), ...(to && { to }), blobs: [blobOf(1)] });
  });
  afterAll(() => chain.close());

  it('computes commitment, proofs and hashes of what eth_sendTransaction is given', async () => {
    const { kzgCommitments, kzgProofs } = sidecarOf(signed);
    expect(kzgCommitments).toHaveLength(1);
    expect(kzgProofs).toHaveLength(proofsPerBlob);
  });

  it('mines a raw transaction with its sidecar, without the sidecar in the block', async () => {
    const hash = await chain.control.submitRaw(network(signed));
    const place = await chain.chain.transaction(hash);
    expect(place?.block.receipts[place.index]).toMatchObject({ status: 1, type: 3, blobGasUsed: 131072n });
    expect(place?.block.block.header.blobGasUsed).toBe(131072n);
    const mined = place?.block.block.transactions[0] as TypedTransaction;
    expect(mined.hash()).toEqual(signed.hash());
    expect(isBlob4844Tx(mined) && mined.blobs).toBeUndefined();
  });

  it('takes a sidecar whose proofs hold', async () => {
    const hash = await send(sidecarOf(signed));
    expect((await chain.chain.transaction(hash))?.block.receipts[0]?.status).toBe(1);
  });

  it.each<[string, (sidecar: SidecarFields) => Partial<CallRequest>]>([
    ['another blob', (s) => ({ ...s, blobs: [blobOf(2)] })],
    [
      'a proof of something else',
      (s) => ({ ...s, kzgProofs: [...s.kzgProofs.slice(0, -1), s.kzgCommitments[0] as Uint8Array] }),
    ],
    ['a missing proof', (s) => ({ ...s, kzgProofs: s.kzgProofs.slice(1) })],
    ['a missing commitment', (s) => ({ ...s, kzgCommitments: [] })],
    ['a proof that is no curve point', (s) => ({ ...s, kzgProofs: s.kzgProofs.map(() => new Uint8Array(48).fill(7)) })],
    ['hashes of other commitments', (s) => ({ ...s, blobVersionedHashes: [new Uint8Array(32).fill(1)] })],
    ['a short blob', () => ({ blobs: [new Uint8Array(100)] })],
    ['a blob that is no field element', () => ({ blobs: [new Uint8Array(131072).fill(255)] })],
    ['hashes without blobs', () => ({ blobVersionedHashes: [new Uint8Array(32).fill(1)] })],
  ])('refuses %s', async (_name, change) => {
    await expect(send(change(sidecarOf(signed)))).rejects.toMatchObject({ fault: { code: 'BLOB_INVALID' } });
    expect(chain.pool.ready).toHaveLength(0);
  });

  it.each<[string, (raw: TypedTransaction) => Uint8Array]>([
    ['a proof of something else', (tx) => network(Object.assign(clone(tx), { kzgProofs: otherProofs(tx) }))],
    ['another blob', (tx) => network(Object.assign(clone(tx), { blobs: [bytesToHex(blobOf(3))] }))],
    ['no sidecar', (tx) => tx.serialize()],
  ])('refuses a raw transaction with %s', async (_name, raw) => {
    await expect(chain.control.submitRaw(raw(signed))).rejects.toMatchObject({ fault: { code: 'BLOB_INVALID' } });
  });
});

it('takes blob proofs under Osaka too, as clients of Prague send them', async () => {
  const [prague, osaka] = [await createChain({ hardfork: 'prague' }), await createChain({ hardfork: 'osaka' })];
  try {
    const [from, to] = prague.accounts.owned.map(({ address }) => address);
    const tx = await prague.control.signTransaction({ ...(from && { from }), ...(to && { to }), blobs: [blobOf(4)] });
    const raw = isBlob4844Tx(tx) ? tx.serializeNetworkWrapper() : new Uint8Array();
    const hash = await osaka.control.submitRaw(raw);
    expect((await osaka.chain.transaction(hash))?.block.receipts[0]?.status).toBe(1);
  } finally {
    await Promise.all([prague.close(), osaka.close()]);
  }
});

const clone = (tx: TypedTransaction): TypedTransaction => Object.assign(Object.create(Object.getPrototypeOf(tx)), tx);

function otherProofs(tx: TypedTransaction): string[] {
  if (!isBlob4844Tx(tx)) return [];
  return (tx.kzgProofs ?? []).map(() => (tx.kzgCommitments ?? [])[0] as string);
}
