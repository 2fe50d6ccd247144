import { type HttpTransport, type HttpTransportConfig, http as viemHttp } from 'viem';

/**
 * viem's `http` for a node beside us: it never retries, since what a dev chain refuses it refuses again, and it waits a
 * minute instead of ten seconds, since mining a hundred thousand blocks is one request.
 * @example createClient({ transport: http('http://127.0.0.1:8545', { batch: true }) })
 */
export function http(url?: string, config: HttpTransportConfig = {}): HttpTransport {
  return viemHttp(url, { retryCount: 0, timeout: 60_000, ...config });
}
