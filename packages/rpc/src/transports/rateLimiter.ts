/** Clients that are remembered; those beyond are the ones that were quiet for longest. */
const MAX_CLIENTS = 10_000;

interface Bucket {
  /** Requests that may come now; below 0 after a batch, which is let in whole. */
  tokens: number;
  filledMs: number;
}

/** Whoever has one address of an IPv6 network has all of it. */
function clientOf(address: string): string {
  const v4 = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (v4 !== undefined || !address.includes(':')) return v4 ?? address;
  const [head = '', tail = ''] = address.split('::', 2);
  const [front, back] = [head.split(':'), tail.split(':')].map((part) => part.filter((group) => group !== ''));
  const zeros = Math.max(0, 8 - (front?.length ?? 0) - (back?.length ?? 0));
  return [...(front ?? []), ...Array<string>(zeros).fill('0'), ...(back ?? [])].slice(0, 4).join(':');
}

/** Requests a second of each client address: a bucket that holds one second's worth and fills as time goes by. */
export class RateLimiter {
  /** 0 is none. May be changed at any time. */
  perSecond: number;
  readonly #now: () => number;
  /** The one used last stands last. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.perSecond = perSecond;
    this.#now = now;
  }

  /** Lets one request in. @returns milliseconds until the next one may come; 0 when this one may. */
  take(address: string): number {
    if (this.perSecond === 0) return 0;
    const bucket = this.#bucket(clientOf(address));
    // What rounding leaves of a token does not make anybody wait.
    const missing = 1 - bucket.tokens - 1e-9;
    if (missing > 0) return Math.ceil((missing / this.perSecond) * 1000);
    bucket.tokens--;
    return 0;
  }

  /** Counts more requests of what was let in: a batch is not known to be one before it is read. */
  charge(address: string, requests: number): void {
    if (this.perSecond > 0 && requests > 0) this.#bucket(clientOf(address)).tokens -= requests;
  }

  #bucket(client: string): Bucket {
    const most = Math.max(1, this.perSecond);
    const now = this.#now();
    const bucket = this.#buckets.get(client) ?? { tokens: most, filledMs: now };
    bucket.tokens = Math.min(most, bucket.tokens + ((now - bucket.filledMs) / 1000) * this.perSecond);
    bucket.filledMs = now;
    this.#buckets.delete(client);
    this.#buckets.set(client, bucket);
    if (this.#buckets.size > MAX_CLIENTS) this.#buckets.delete(this.#buckets.keys().next().value as string);
    return bucket;
  }
}

/** What a client is told that asks too often. */
export function tooManyRequests(perSecond: number, waitMs: number): string {
  const seconds = Math.ceil(waitMs / 100) / 10;
  return `rate limit exceeded: at most ${perSecond} requests a second; try again in ${seconds} s`;
}
