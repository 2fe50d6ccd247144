import type { ExecutedBlock, PrestateAccount, TraceResult } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcBlockTrace,
  type RpcPrestate,
  type RpcPrestateAccount,
  type RpcTrace,
} from '@minichain/protocol';
import { JsonText } from '../jsonText.ts';
import { mapInTurns, Turns } from '../turns.ts';
import { flatTraceView, type TracePlace } from './flatTrace.ts';
import { FrameText } from './frameText.ts';
import { replayView } from './parity.ts';
import { StepText } from './stepText.ts';

type Struct = Extract<TraceResult, { type: 'struct' }>;

function structPieces({ gas, failed, returnValue, steps }: Struct): readonly string[] {
  const list = steps instanceof StepText ? steps.pieces() : ['[]'];
  return [`{"gas":${gas},"failed":${failed},"returnValue":"${hex(returnValue)}","structLogs":`, ...list, '}'];
}

function accountView(account: PrestateAccount): RpcPrestateAccount {
  return {
    ...(account.balance === undefined ? {} : { balance: quantity(account.balance) }),
    ...(account.nonce === undefined ? {} : { nonce: Number(account.nonce) }),
    ...(account.code === undefined ? {} : { code: hex(account.code) }),
    ...(account.codeHash === undefined ? {} : { codeHash: hex(account.codeHash) }),
    ...(account.storage === undefined
      ? {}
      : { storage: Object.fromEntries(account.storage.map(([slot, value]) => [hex(slot), hex(value)])) }),
  };
}

const accountsView = (accounts: ReadonlyMap<string, PrestateAccount>): RpcPrestate =>
  Object.fromEntries([...accounts].map(([address, account]) => [address, accountView(account)]));

async function severalPieces(results: ReadonlyMap<string, TraceResult>, context: Context): Promise<string[]> {
  const pieces = ['{'];
  for (const [name, result] of results) {
    pieces.push(`${pieces.length === 1 ? '' : ','}${JSON.stringify(name)}:`);
    for (const piece of await piecesOf(result, context)) pieces.push(piece);
  }
  return [...pieces, '}'];
}

/** What traces are written with. */
interface Context {
  readonly turns: Turns;
  readonly place: TracePlace | undefined;
}

async function piecesOf(result: TraceResult, context: Context): Promise<readonly string[]> {
  const { turns, place } = context;
  switch (result.type) {
    case 'selectors':
      return [JSON.stringify(Object.fromEntries(result.counts))];
    case 'nothing':
      return ['{}'];
    case 'script':
      return [result.json];
    case 'opcodes':
      return [JSON.stringify(result.opcodes)];
    case 'flat':
      return [JSON.stringify(await mapInTurns(result.traces, (trace) => flatTraceView(trace, place), turns))];
    case 'parity':
      return [JSON.stringify(replayView(result, true))];
    case 'several':
      return severalPieces(result.results, context);
    case 'struct':
      return structPieces(result);
    case 'call':
      return new FrameText(turns).write(result.frame);
    case 'prestate':
      return [JSON.stringify(accountsView(result.accounts))];
    case 'diff':
      return [JSON.stringify({ pre: accountsView(result.pre), post: accountsView(result.post) })];
  }
}

/** A trace as geth writes the tracer's result; a large one is written in turns with other work. */
export async function traceView(result: TraceResult, place?: TracePlace): Promise<RpcTrace> {
  return new JsonText(await piecesOf(result, { turns: new Turns(), place })) as unknown as RpcTrace;
}

/** The traces of a block's transactions. */
export async function blockTraceView(
  traced: readonly { readonly hash: Uint8Array; readonly result: TraceResult }[],
  { hash: blockHash, block }: Pick<ExecutedBlock, 'hash' | 'block'>,
): Promise<RpcBlockTrace> {
  const blockNumber = block.header.number;
  const turns = new Turns();
  const pieces: string[] = ['['];
  for (const [transactionPosition, { hash, result }] of traced.entries()) {
    const place = { blockHash, blockNumber, transactionHash: hash, transactionPosition };
    pieces.push(`${pieces.length === 1 ? '' : ','}{"txHash":"${hex(hash)}","result":`);
    for (const piece of await piecesOf(result, { turns, place })) pieces.push(piece);
    pieces.push('}');
  }
  pieces.push(']');
  return new JsonText(pieces) as unknown as RpcBlockTrace;
}
