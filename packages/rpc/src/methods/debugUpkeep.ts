import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Chain } from '@minichain/core';
import { RPC_CODES, RpcError } from '@minichain/protocol';
import { looseQuantity, text } from '../codecs/scalars.ts';
import { answer, method, optional, required, type Serve } from '../method.ts';

async function setHead({ chain, control }: Chain, number: bigint): Promise<void> {
  const head = chain.tip.number;
  if (number > head)
    throw new RpcError(RPC_CODES.invalidInput, `block #${number} not found; the latest block is ${head}`);
  if (number < head) await control.rollback(head - number);
}

/** V8 hands its collector out only to whoever asks for it. */
function collectGarbage(): void {
  const own = globalThis.gc;
  if (own !== undefined) return void own();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}

async function propertyOf({ storage }: Chain, name: string | undefined): Promise<string> {
  const facts: Record<string, string | number> = {
    kind: storage.isPersistent ? 'disk' : 'memory',
    sizeBytes: await storage.sizeBytes(),
    ...storage.stats(),
  };
  if (name === undefined || name === '')
    return Object.entries(facts)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n');
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (value !== undefined) return String(value);
  const detail = `unknown property ${name}; known are ${Object.keys(facts).join(', ')}`;
  throw new RpcError(RPC_CODES.invalidInput, detail);
}

/** What geth's `debug` does to the chain, the pool and the process. */
export const debugUpkeep = {
  debug_setHead: method({
    params: [required('blockNumber', looseQuantity)],
    run: (c, number) => setHead(c.chain, number),
    result: answer(null),
  }),
  debug_clearTxpool: method({ params: [], run: (c) => c.chain.control.dropAllTransactions(), result: answer(null) }),
  debug_freeOSMemory: method({ params: [], run: collectGarbage, result: answer(null) }),
  debug_chaindbCompact: method({ params: [], run: (c) => c.chain.storage.compact(), result: answer(null) }),
  debug_chaindbProperty: method({
    params: [optional('property', text)],
    run: (c, name) => propertyOf(c.chain, name),
    result: (value) => value,
  }),
} satisfies Partial<Serve>;
