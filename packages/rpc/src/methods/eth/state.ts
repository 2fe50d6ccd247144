import { type AccountProof, type Address, LATEST } from '@minichain/core';
import {
  type Hex,
  hexFromBytes as hex,
  type Quantity,
  quantityFromBigInt as quantity,
  type RpcProof,
} from '@minichain/protocol';
import { blockRef } from '../../codecs/blockRef.ts';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch } from '../../codecs/codec.ts';
import { address, slot } from '../../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../../method.ts';

const who = required('address', address);
const at = optional('block', blockRef, LATEST);
/** As geth's. */
const MAX_SLOTS = 1024;

const slotsByAddress: Codec<[Address, Uint8Array[]][], Readonly<Record<string, readonly Quantity[]>>> = {
  expected: 'an object of addresses and arrays of storage slots',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(slotsByAddress.expected, value);
    const entries = Object.entries(value).map(([key, slots]): [Address, Uint8Array[]] => [
      decodeAt(address, key, ` key ${key}`),
      decodeAt(list(slot), slots, `.${key}`),
    ]);
    if (entries.length === 0) throw new CodecError('empty request');
    const total = entries.reduce((sum, [, slots]) => sum + slots.length, 0);
    if (total > MAX_SLOTS) throw new CodecError(`too many slots (max ${MAX_SLOTS})`);
    return entries;
  },
};

interface ProofKey {
  readonly slot: Uint8Array;
  /** How the answer names it: 32 bytes as they are, anything shorter as a quantity. */
  readonly text: Hex;
}

const proofKey: Codec<ProofKey, Hex> = {
  expected: slot.expected,
  decode: (value) => {
    const bytes = slot.decode(value);
    const isWhole = (value as string).length === 66;
    return { slot: bytes, text: isWhole ? hex(bytes) : quantity(BigInt(hex(bytes))) };
  },
};

const proofKeys: Codec<ProofKey[], readonly Hex[]> = {
  expected: 'an array of storage slots',
  decode: (value) => {
    const keys = list(proofKey).decode(value);
    if (keys.length > MAX_SLOTS) throw new CodecError(`too many keys (max ${MAX_SLOTS})`);
    return keys;
  },
};

interface Proof {
  readonly of: Address;
  readonly keys: readonly ProofKey[];
  readonly proof: AccountProof;
}

function proofView({ of, keys, proof }: Proof): RpcProof {
  return {
    address: of.toString(),
    accountProof: proof.accountProof.map(hex),
    balance: quantity(proof.balance),
    codeHash: hex(proof.codeHash),
    nonce: quantity(proof.nonce),
    storageHash: hex(proof.storageRoot),
    storageProof: proof.storageProof.map((entry, index) => ({
      key: (keys[index] as ProofKey).text,
      value: quantity(entry.value),
      proof: entry.proof.map(hex),
    })),
  };
}

/** Accounts at a block (execution-apis `state.yaml`). */
export const state = {
  eth_getBalance: method({
    params: [who, at],
    run: async (c, of, ref) => (await c.chain.state.at(ref)).balance(of),
    result: quantity,
  }),
  eth_getCode: method({
    params: [who, at],
    run: async (c, of, ref) => (await c.chain.state.at(ref)).code(of),
    result: hex,
  }),
  eth_getTransactionCount: method({
    params: [who, at],
    run: async (c, of, ref) =>
      'tag' in ref && ref.tag === 'pending' ? c.chain.pool.nextNonce(of) : (await c.chain.state.at(ref)).nonce(of),
    result: quantity,
  }),
  eth_getStorageAt: method({
    params: [who, required('slot', slot), at],
    run: async (c, of, key, ref) => (await c.chain.state.at(ref)).storage(of, key),
    result: hex,
  }),
  eth_getStorageValues: method({
    params: [required('requests', slotsByAddress), at],
    run: async (c, entries, ref) => {
      const view = await c.chain.state.at(ref);
      const read = async ([of, slots]: [Address, Uint8Array[]]) =>
        [of.toString(), await Promise.all(slots.map((key) => view.storage(of, key)))] as const;
      return Promise.all(entries.map(read));
    },
    result: (found) => Object.fromEntries(found.map(([of, values]) => [of, values.map(hex)])),
  }),
  eth_getProof: method({
    params: [who, required('storageKeys', proofKeys), at],
    run: async (c, of, keys, ref): Promise<Proof> => {
      const view = await c.chain.state.sealed(ref);
      const slots = keys.map((key) => key.slot);
      return { of, keys, proof: await view.proof(of, slots) };
    },
    result: proofView,
  }),
  eth_getAccount: method({
    params: [who, at],
    run: async (c, of, ref) => (await c.chain.state.at(ref)).account(of),
    result: ({ nonce, balance, codeHash, storageRoot }) => ({
      nonce: quantity(nonce),
      balance: quantity(balance),
      codeHash: hex(codeHash),
      storageRoot: hex(storageRoot),
    }),
  }),
  eth_getAccountInfo: method({
    params: [who, at],
    run: async (c, of, ref) => {
      const view = await c.chain.state.at(ref);
      return { ...(await view.account(of)), code: await view.code(of) };
    },
    result: ({ nonce, balance, code }) => ({ balance: quantity(balance), nonce: quantity(nonce), code: hex(code) }),
  }),
} satisfies Partial<Serve>;
