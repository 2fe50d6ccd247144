import { executionError } from '../faults.ts';
import type { SimulatedBlockRequest } from './simulateTypes.ts';

/** A block to simulate: height and time decided. */
export interface BlockPlan {
  readonly number: bigint;
  /** Seconds. */
  readonly timestamp: bigint;
  readonly request: SimulatedBlockRequest;
}

/** As geth's: heights that one request may reach above its base. */
const MAX_BLOCKS = 256n;
/** Seconds between blocks that name no time: a slot of mainnet. */
const SLOT = 12n;

const refused = (rpcCode: number, detail: string) => executionError({ code: 'SIMULATION_REFUSED', rpcCode, detail });

/**
 * Gives every requested block its height and time, and fills gaps between heights with empty blocks.
 * @throws ExecutionError SIMULATION_REFUSED: -32602 nothing asked, -38020 heights or -38021 times out of order, -38026 too many.
 */
export function planBlocks(
  base: { readonly number: bigint; readonly timestamp: bigint },
  requests: readonly SimulatedBlockRequest[],
): BlockPlan[] {
  if (requests.length === 0) throw refused(-32602, 'empty input: blockStateCalls needs at least one block');
  const plans: BlockPlan[] = [];
  let { number, timestamp } = base;
  for (const request of requests) {
    const { blockOverrides = {} } = request;
    const wanted = blockOverrides.number ?? number + 1n;
    if (wanted <= number) throw refused(-38020, `block numbers must be in order: ${wanted} <= ${number}`);
    if (wanted - base.number > MAX_BLOCKS) throw refused(-38026, 'too many blocks');
    while (number + 1n < wanted) {
      number++;
      timestamp += SLOT;
      plans.push({ number, timestamp, request: { calls: [] } });
    }
    const time = blockOverrides.timestamp ?? timestamp + SLOT;
    if (time <= timestamp) throw refused(-38021, `block timestamps must be in order: ${time} <= ${timestamp}`);
    [number, timestamp] = [wanted, time];
    plans.push({ number, timestamp, request });
  }
  return plans;
}
