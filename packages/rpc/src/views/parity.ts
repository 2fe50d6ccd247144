import type { AccountChanged, TraceResult, VmOp, VmTrace } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcAccountDiff,
  type RpcDiff,
  type RpcReplay,
  type RpcVmTrace,
} from '@minichain/protocol';
import { parityTraceView } from './flatTrace.ts';

type ParityResult = Extract<TraceResult, { type: 'parity' }>;

/** How a value of an account was before and is now; both when it was there all the time. */
function diff(account: AccountChanged, before: string, now: string): RpcDiff {
  if (!account.before.isPresent) return { '+': now };
  if (!account.now.isPresent) return { '-': before };
  return before === now ? '=' : { '*': { from: before, to: now } };
}

function storageDiff(account: AccountChanged): Record<string, RpcDiff> {
  const { before, now } = account;
  const slots: Record<string, RpcDiff> = {};
  for (const [i, [slot, value]] of before.storage.entries()) {
    const [from, to] = [hex(value), hex(now.storage[i]?.[1] ?? value)];
    if (from !== to) slots[hex(slot)] = diff(account, from, to);
  }
  return slots;
}

const accountDiff = (account: AccountChanged): RpcAccountDiff => {
  const { before, now } = account;
  return {
    balance: diff(account, quantity(before.balance), quantity(now.balance)),
    code: diff(account, hex(before.code), hex(now.code)),
    nonce: diff(account, quantity(before.nonce), quantity(now.nonce)),
    storage: storageDiff(account),
  };
};

function opView({ pc, cost, effects, sub }: VmOp): RpcVmTrace['ops'][number] {
  const vmTrace = sub === undefined ? null : vmTraceView(sub);
  if (effects === undefined) return { cost, ex: null, pc, sub: vmTrace };
  const { used, push, memory, store } = effects;
  return {
    cost,
    ex: {
      mem: memory === undefined ? null : { data: hex(memory.data), off: memory.offset },
      push: push.map(quantity),
      store: store === undefined ? null : { key: quantity(store.key), val: quantity(store.value) },
      used,
    },
    pc,
    sub: vmTrace,
  };
}

const vmTraceView = ({ code, ops }: VmTrace): RpcVmTrace => ({ code: hex(code), ops: ops.map(opView) });

/** What a transaction did, as OpenEthereum writes it. @param wantsTrace whether its calls were asked for. */
export function replayView(result: TraceResult, wantsTrace: boolean): RpcReplay {
  const { output, traces, stateDiff, vmTrace } = result as ParityResult;
  return {
    output: hex(output),
    stateDiff:
      stateDiff === undefined
        ? null
        : Object.fromEntries(stateDiff.map((account) => [account.address, accountDiff(account)])),
    trace: wantsTrace ? traces.map((trace) => parityTraceView(trace)) : [],
    vmTrace: vmTrace === undefined ? null : vmTraceView(vmTrace),
  };
}
