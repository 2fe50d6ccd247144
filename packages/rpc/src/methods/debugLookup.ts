import { inspect } from 'node:util';
import type { BlockRef, Chain, ExecutedBlock, ExecutionWitness } from '@minichain/core';
import { hexFromBytes as hex, isHex, quantityFromBigInt as quantity, RPC_CODES, RpcError } from '@minichain/protocol';
import { blockNumberOrTag, blockRef } from '../codecs/blockRef.ts';
import type { Codec } from '../codecs/codec.ts';
import { address, count, data, hash, looseQuantity, text } from '../codecs/scalars.ts';
import { traceOptions } from '../codecs/traceOptions.ts';
import { lookUp } from '../gethKeys.ts';
import { method, optional, required, type Serve } from '../method.ts';
import { Turns } from '../turns.ts';
import { blockView } from '../views/block.ts';
import { accountRange } from './debugState.ts';

const at = required('block', blockRef);
const same = <T>(value: T): T => value;
const EVERYTHING = { start: new Uint8Array(), most: Number.MAX_SAFE_INTEGER, hasCode: true, hasStorage: true };

/** In hex, or as text where that is what it is. */
const databaseKey: Codec<Uint8Array, string> = {
  expected: 'a key, in hex or as text',
  decode: (value) => (isHex(value) ? data : { decode: (key: unknown) => Buffer.from(text.decode(key)) }).decode(value),
};

const failed = (detail: string): RpcError => new RpcError(RPC_CODES.invalidInput, detail);

/** The first block from one to the other whose state is there: the last one too, as little as geth may say so. */
async function accessible({ chain, state }: Chain, from: BlockRef, to: BlockRef): Promise<number> {
  const numberOf = async (ref: BlockRef): Promise<bigint> => (await chain.require(ref)).block.header.number;
  const [first, last] = [await numberOf(from), await numberOf(to)];
  if (first === last) throw failed('from and to needs to be different');
  const step = first < last ? 1n : -1n;
  const turns = new Turns();
  for (let number = first; number !== last + step; number += step) {
    const block = await chain.get({ number });
    if (block !== undefined && state.isKept(block)) return Number(number);
    await turns.next();
  }
  throw failed('no state found');
}

const printed = (block: ExecutedBlock): string => {
  const shown = { ...blockView(block, { full: true }), stateRootNow: hex(block.stateRoot) };
  return inspect(shown, { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: 120 });
};

const witness = async ({ chain, execution }: Chain, ref: BlockRef): Promise<ExecutionWitness> =>
  execution.witness(await chain.require(ref));

const witnessView = ({ state, codes, keys, headers }: ExecutionWitness) => ({
  state: state.map(hex),
  codes: codes.map(hex),
  keys: keys.map(hex),
  headers: headers.map(hex),
});

/** What geth's `debug` looks up in the database, or works out of a block. */
export const debugLookup = {
  debug_codeByHash: method({
    params: [required('codeHash', hash), optional('block', blockRef)],
    run: async (c, of, ref) => {
      // Code is the same in every state; a block that is not there is a mistake all the same.
      if (ref !== undefined) await c.chain.chain.require(ref);
      return c.chain.state.code(of) ?? new Uint8Array();
    },
    result: hex,
  }),
  debug_preimage: method({
    params: [required('hash', hash)],
    run: ({ chain }, of) => {
      const preimage = chain.state.preimage(of);
      if (preimage === undefined) throw failed('unknown preimage');
      return preimage;
    },
    result: hex,
  }),
  debug_dbGet: method({
    params: [required('key', databaseKey)],
    run: async ({ chain }, key) => {
      const value = await lookUp(chain, key);
      if (value === undefined) throw failed('not found');
      return value;
    },
    result: hex,
  }),
  debug_dumpBlock: method({
    params: [at],
    run: (c, ref) => accountRange(c.chain, { ref, ...EVERYTHING }),
    result: same,
  }),
  debug_accountInfoAt: method({
    params: [at, required('transactionIndex', count), required('address', address)],
    run: async ({ chain }, ref, index, who) => {
      const executed = await chain.chain.require(ref);
      const { length } = executed.block.transactions;
      if (index >= length) {
        throw failed(`transaction index ${index} out of range: block ${executed.block.header.number} has ${length}`);
      }
      return chain.execution.accountWithin({ executed, index: index + 1 }, who);
    },
    result: ({ balance, nonce, code }) => ({ balance: quantity(balance), nonce: quantity(nonce), code: hex(code) }),
  }),
  debug_intermediateRoots: method({
    params: [required('blockHash', hash), optional('options', traceOptions)],
    run: async ({ chain }, of) => {
      const executed = await chain.chain.require({ hash: of });
      if (executed.block.header.number === 0n) throw failed('genesis is not traceable');
      return chain.execution.intermediateRoots(executed);
    },
    result: (roots) => roots.map(hex),
  }),
  debug_printBlock: method({
    params: [required('blockNumber', looseQuantity)],
    run: (c, number) => c.chain.chain.require({ number }),
    result: printed,
  }),
  debug_getAccessibleState: method({
    params: [required('from', blockNumberOrTag), required('to', blockNumberOrTag)],
    run: (c, from, to) => accessible(c.chain, from, to),
    result: same,
  }),
  debug_executionWitness: method({
    params: [required('block', blockNumberOrTag)],
    run: (c, ref) => witness(c.chain, ref),
    result: witnessView,
  }),
  debug_executionWitnessByHash: method({
    params: [required('blockHash', hash)],
    run: (c, of) => witness(c.chain, { hash: of }),
    result: witnessView,
  }),
} satisfies Partial<Serve>;
