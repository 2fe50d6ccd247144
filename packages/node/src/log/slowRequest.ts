import type { RequestRecord } from '@minichain/rpc';
import { paramsText } from './paramsText.ts';
import { oneLine } from './printable.ts';

const METHOD_LIMIT = 80;

/** @param limitMs 0: nothing is slow. */
export const isSlow = (ms: number, limitMs: number): boolean => limitMs > 0 && ms >= limitMs;

const sent = ({ method, params, requestId }: RequestRecord): string => {
  const from = requestId === undefined ? '' : ` (request ${requestId})`;
  return `${from} ${paramsText(method, params)}`;
};

/** @example 'slow: eth_call took 1532 ms (request 4f6a1b2c-7) [{"to":"0x…"},"latest"]' */
export const slowRequestText = (record: RequestRecord): string =>
  `slow: ${oneLine(record.method, METHOD_LIMIT)} took ${Math.round(record.ms)} ms${sent(record)}`;

/** One request for who wants to see each. @example 'eth_chainId 0.2 ms (request 4f6a1b2c-8) []' */
export const requestText = (record: RequestRecord): string =>
  `${oneLine(record.method, METHOD_LIMIT)} ${record.ms.toFixed(1)} ms${sent(record)}`;
