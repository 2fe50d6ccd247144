import type { Pair } from './pair.ts';

interface Account {
  readonly storage?: Record<string, string>;
}
type Accounts = Record<string, Account>;
interface Diff {
  readonly pre: Accounts;
  readonly post: Accounts;
}

/** Every account and slot that a transaction has changed since block 1. */
async function touched(pair: Pair): Promise<Map<string, Set<string>>> {
  const { rpc } = pair.nodes.minichain;
  const slots = new Map<string, Set<string>>();
  const head = Number(await rpc.call<string>('eth_blockNumber'));
  for (let number = 1; number <= head; number += 1) {
    const options = { tracer: 'prestateTracer', tracerConfig: { diffMode: true } };
    const traces = await rpc.call<{ result: Diff }[]>('debug_traceBlockByNumber', [
      `0x${number.toString(16)}`,
      options,
    ]);
    for (const [address, { storage = {} }] of traces.flatMap(({ result: { pre, post } }) => [
      ...Object.entries(pre),
      ...Object.entries(post),
    ])) {
      const known = slots.get(address) ?? new Set();
      for (const slot of Object.keys(storage)) known.add(slot);
      slots.set(address, known);
    }
  }
  return slots;
}

/** Compares balance, nonce, code and storage of everything that transactions have touched. */
export async function compareTouchedState(pair: Pair): Promise<void> {
  for (const [address, slots] of await touched(pair)) {
    for (const method of ['eth_getBalance', 'eth_getTransactionCount', 'eth_getCode']) {
      await pair.ask(method, [address, 'latest']);
    }
    for (const slot of slots) await pair.ask('eth_getStorageAt', [address, slot, 'latest']);
  }
}
