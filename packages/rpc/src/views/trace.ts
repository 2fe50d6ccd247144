import type { PrestateAccount, TraceResult } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcBlockTrace,
  type RpcPrestate,
  type RpcPrestateAccount,
  type RpcTrace,
} from '@minichain/protocol';
import { JsonText } from '../jsonText.ts';
import { Turns } from '../turns.ts';
import { FrameText } from './frameText.ts';
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

async function piecesOf(result: TraceResult, turns: Turns): Promise<readonly string[]> {
  switch (result.type) {
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
export async function traceView(result: TraceResult, turns = new Turns()): Promise<RpcTrace> {
  return new JsonText(await piecesOf(result, turns)) as unknown as RpcTrace;
}

/** The traces of a block's transactions. */
export async function blockTraceView(
  traced: readonly { readonly hash: Uint8Array; readonly result: TraceResult }[],
): Promise<RpcBlockTrace> {
  const turns = new Turns();
  const pieces: string[] = ['['];
  for (const { hash, result } of traced) {
    pieces.push(`${pieces.length === 1 ? '' : ','}{"txHash":"${hex(hash)}","result":`);
    for (const piece of await piecesOf(result, turns)) pieces.push(piece);
    pieces.push('}');
  }
  pieces.push(']');
  return new JsonText(pieces) as unknown as RpcBlockTrace;
}
