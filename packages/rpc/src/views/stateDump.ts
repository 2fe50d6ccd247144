import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  BlockError,
  type Chain,
  type ChainReader,
  type ExecutedBlock,
  StateError,
  type StateReader,
} from '@minichain/core';
import { type Data, hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { blockEnvironment, dumpedBlockView, dumpedOutcomes } from './dumpedBlock.ts';
import { accountText, pastAccountText, pastStorageText } from './dumpedState.ts';

/** What a dump is made of: a chain, or what is kept of one. */
export interface DumpSource {
  readonly chain: Pick<ChainReader, 'require' | 'oldest'>;
  readonly state: Pick<StateReader, 'accounts'>;
}

export interface DumpOptions {
  /** Whether the states after older blocks are written as well, as far as they are there. Default false. */
  readonly preserveHistoricalStates?: boolean;
  /** Of the node, so that one that goes on from the dump is the same to its clients. */
  readonly instanceId?: Uint8Array;
}

/** Text is handed on in pieces of that many characters. */
const PIECE = 1 << 16;
/** How many ancestors BLOCKHASH reaches. */
const ASKED_HASHES = 256n;

async function* listed<T>(items: AsyncIterable<T> | Iterable<T>, text: (item: T) => string): AsyncGenerator<string> {
  let separator = '';
  for await (const item of items) {
    yield separator + text(item);
    separator = ',';
  }
}

/** The chain's blocks from the lowest on. @throws BlockError BLOCK_NOT_CANONICAL where the chain left the head meanwhile. */
async function* blocksTo(head: ExecutedBlock, { chain }: DumpSource): AsyncGenerator<ExecutedBlock> {
  const best = head.block.header.number;
  for (let number = chain.oldest; number < best; number++) yield await chain.require({ number });
  await chain.require({ hash: head.hash, requireCanonical: true });
  yield head;
}

async function* outcomesTo(head: ExecutedBlock, source: DumpSource): AsyncGenerator<unknown> {
  for await (const block of blocksTo(head, source)) yield* dumpedOutcomes(block);
}

const isGone = (error: unknown): boolean => error instanceof StateError && error.fault.code === 'STATE_NOT_AVAILABLE';

async function* pastState(executed: ExecutedBlock, { chain, state }: DumpSource): AsyncGenerator<string> {
  const { hash } = executed;
  const { number } = executed.block.header;
  yield `["${hex(hash)}",{"accounts":{`;
  yield* listed(await state.accounts({ hash }), pastAccountText);
  yield '},"storage":{';
  yield* listed(await state.accounts({ hash }), pastStorageText);
  const lowest = number - ASKED_HASHES > chain.oldest ? number - ASKED_HASHES : chain.oldest;
  const hashes: [string, string][] = [];
  for (let height = lowest; height <= number; height++) {
    const block = height === number ? executed : await chain.require({ number: height });
    hashes.push([quantity(height), hex(block.hash)]);
  }
  yield `},"block_hashes":${JSON.stringify(Object.fromEntries(hashes))}}]`;
}

async function* pastStates(head: ExecutedBlock, source: DumpSource): AsyncGenerator<string> {
  let separator = '';
  for await (const executed of blocksTo(head, source)) {
    try {
      await source.state.accounts({ hash: executed.hash });
    } catch (error) {
      if (isGone(error)) continue;
      throw error;
    }
    yield separator;
    yield* pastState(executed, source);
    separator = ',';
  }
}

async function* parts(head: ExecutedBlock, source: DumpSource, options: DumpOptions): AsyncGenerator<string> {
  const { preserveHistoricalStates = false, instanceId } = options;
  yield `{"block":${JSON.stringify(blockEnvironment(head))},"accounts":{`;
  yield* listed(await source.state.accounts({ hash: head.hash }), accountText);
  yield `},"best_block_number":${head.block.header.number},"blocks":[`;
  yield* listed(blocksTo(head, source), (block) => JSON.stringify(dumpedBlockView(block)));
  yield '],"transactions":[';
  yield* listed(outcomesTo(head, source), (outcome) => JSON.stringify(outcome));
  yield '],"historical_states":';
  if (preserveHistoricalStates) {
    yield '[';
    yield* pastStates(head, source);
    yield ']';
  } else yield 'null';
  if (instanceId !== undefined) yield `,"minichain":{"instance_id":"${hex(instanceId)}"}`;
  yield '}';
}

/**
 * A state as `anvil --dump-state` writes it, piece by piece: accounts in order of address, blocks and what became of their
 * transactions in order of height. Equal chains have equal dumps.
 * @throws StateError STATE_NOT_AVAILABLE.
 */
export async function* stateDumpText(
  head: ExecutedBlock,
  source: DumpSource,
  options: DumpOptions = {},
): AsyncGenerator<string> {
  let piece = '';
  for await (const part of parts(head, source, options)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

const hasLeft = (error: unknown): boolean =>
  error instanceof BlockError && ['BLOCK_NOT_CANONICAL', 'BLOCK_NOT_FOUND'].includes(error.fault.code);

/** How often a dump begins anew because its head was taken off the chain meanwhile. */
const ATTEMPTS = 5;

/**
 * Has the head's dump written once everything that was under way is done; anew where the chain turns to another branch.
 * @param write may be called several times, and takes what it was given the last time.
 */
export async function writeStateDump(
  chain: Chain,
  options: DumpOptions,
  write: (text: AsyncIterable<string>, head: ExecutedBlock) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const head = await chain.control.settledHead();
    try {
      return await write(stateDumpText(head, chain, options), head);
    } catch (error) {
      if (!hasLeft(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** As `anvil_dumpState` answers: gzipped and in hex. */
export async function stateDumpView(chain: Chain, options: DumpOptions = {}): Promise<Data> {
  let zipped: Buffer[] = [];
  await writeStateDump(chain, options, async (text) => {
    zipped = [];
    await pipeline(text, createGzip(), async (bytes: AsyncIterable<Buffer>) => {
      for await (const some of bytes) zipped.push(some);
    });
  });
  return hex(Buffer.concat(zipped));
}
