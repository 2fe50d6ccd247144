import type { RequestRecord } from '@minichain/rpc';
import type { Family } from './family.ts';
import { Histogram, LATENCY_BOUNDS } from './histogram.ts';

const DURATION = 'minichain_rpc_request_duration_seconds';
/** What clients make up must not become labels, which live for ever. */
const UNKNOWN = 'unknown';

type Counted = Pick<RequestRecord, 'method' | 'ms'> & { readonly error?: { readonly code: number } };

interface MethodTally {
  requests: number;
  readonly errors: Map<number, number>;
  readonly duration: Histogram;
}

/** Requests by method: how many, how long, with which errors. */
export class RpcMetrics {
  readonly #known: ReadonlySet<string>;
  readonly #methods = new Map<string, MethodTally>();

  /** @param methods those that there are; every other name counts as `unknown`. */
  constructor(methods: readonly string[]) {
    this.#known = new Set(methods);
  }

  readonly count = ({ method, ms, error }: Counted): void => {
    const tally = this.#of(method);
    tally.requests++;
    tally.duration.observe(ms / 1000);
    if (error !== undefined) tally.errors.set(error.code, (tally.errors.get(error.code) ?? 0) + 1);
  };

  families(): Family[] {
    const each = () => [...this.#methods];
    return [
      {
        ...{ name: 'minichain_rpc_requests_total', help: 'requests by method', type: 'counter' },
        collect: () => each().map(([method, { requests }]) => ({ labels: { method }, value: requests })),
      },
      {
        ...{ name: 'minichain_rpc_errors_total', type: 'counter' },
        help: 'requests that were answered with an error, by method and JSON-RPC code',
        collect: () =>
          each().flatMap(([method, { errors }]) =>
            [...errors].map(([code, value]) => ({ labels: { method, code: String(code) }, value })),
          ),
      },
      {
        ...{ name: DURATION, help: 'time to answer a request, by method', type: 'histogram' },
        collect: () => each().flatMap(([method, { duration }]) => duration.samples(DURATION, { method })),
      },
    ];
  }

  #of(method: string): MethodTally {
    const found = this.#methods.get(method);
    if (found !== undefined) return found;
    if (!this.#known.has(method)) return this.#methods.get(UNKNOWN) ?? this.#add(UNKNOWN);
    return this.#add(method);
  }

  #add(name: string): MethodTally {
    const tally = { requests: 0, errors: new Map<number, number>(), duration: new Histogram(LATENCY_BOUNDS) };
    this.#methods.set(name, tally);
    return tally;
  }
}
