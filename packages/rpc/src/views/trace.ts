import type { CallFrame, PrestateAccount, StructLog, TraceResult } from '@minichain/core';
import {
  type Hex,
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcCallFrame,
  type RpcPrestate,
  type RpcPrestateAccount,
  type RpcStructLog,
  type RpcTrace,
} from '@minichain/protocol';
import { mapInTurns, Turns } from '../turns.ts';

function memoryWords(memory: Uint8Array): Hex[] {
  return Array.from({ length: Math.ceil(memory.length / 32) }, (_, i) => hex(memory.subarray(32 * i, 32 * i + 32)));
}

function structLogView(log: StructLog): RpcStructLog {
  return {
    pc: log.pc,
    op: log.op,
    gas: Number(log.gas),
    gasCost: Number(log.gasCost),
    depth: log.depth,
    ...(log.error === undefined ? {} : { error: log.error }),
    ...(log.stack === undefined ? {} : { stack: log.stack.map(quantity) }),
    ...(log.memory === undefined ? {} : { memory: memoryWords(log.memory) }),
    ...(log.storage === undefined
      ? {}
      : { storage: Object.fromEntries(log.storage.map(([slot, value]) => [hex(slot), hex(value)])) }),
    ...(log.returnData === undefined ? {} : { returnData: hex(log.returnData) }),
    ...(log.refund === undefined ? {} : { refund: Number(log.refund) }),
  };
}

async function callFrameView(frame: CallFrame, turns: Turns): Promise<RpcCallFrame> {
  const turn = turns.next();
  if (turn !== undefined) await turn;
  const calls: RpcCallFrame[] = [];
  for (const call of frame.calls) calls.push(await callFrameView(call, turns));
  return {
    from: hex(frame.from),
    gas: quantity(frame.gas),
    gasUsed: quantity(frame.gasUsed),
    ...(frame.to === undefined ? {} : { to: hex(frame.to) }),
    input: hex(frame.input),
    ...(frame.output.length === 0 ? {} : { output: hex(frame.output) }),
    ...(frame.error === undefined ? {} : { error: frame.error }),
    ...(frame.revertReason === undefined ? {} : { revertReason: frame.revertReason }),
    ...(calls.length === 0 ? {} : { calls }),
    ...(frame.logs === undefined
      ? {}
      : {
          logs: frame.logs.map((log) => ({
            address: hex(log.address),
            topics: log.topics.map(hex),
            data: hex(log.data),
            position: quantity(log.position),
            index: quantity(log.index),
          })),
        }),
    ...(frame.kind === 'STATICCALL' ? {} : { value: quantity(frame.value) }),
    type: frame.kind,
  };
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

/** A trace as geth writes the tracer's result; a large one is written in turns with other work. */
export async function traceView(result: TraceResult, turns = new Turns()): Promise<RpcTrace> {
  switch (result.type) {
    case 'struct':
      return {
        gas: Number(result.gas),
        failed: result.failed,
        returnValue: hex(result.returnValue),
        structLogs: await mapInTurns(result.structLogs, structLogView, turns),
      };
    case 'call':
      return callFrameView(result.frame, turns);
    case 'prestate':
      return accountsView(result.accounts);
    case 'diff':
      return { pre: accountsView(result.pre), post: accountsView(result.post) };
  }
}
