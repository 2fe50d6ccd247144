import { createServer } from 'node:http';
import { answerHttp } from './http.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Pages } from './pages.ts';
import { type LiveServerOptions, listen, type ServerOptions } from './server.ts';

export interface PagesServerOptions extends Pick<ServerOptions, 'host' | 'cors' | 'allowedHosts'> {
  /** 0 lets the system choose. */
  readonly port: number;
  /** The flag that sets the port, for the message when it cannot be had. */
  readonly portFlag: string;
  readonly health: () => Record<string, unknown>;
}

export interface PagesServer {
  readonly port: number;
  /** Takes over who may read the pages, from the next request on; what is left out is the default. */
  change(options: Pick<LiveServerOptions, 'cors' | 'allowedHosts'>): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

const accessFrom = (host: string, { cors = '*', allowedHosts = [] }: Pick<ServerOptions, 'cors' | 'allowedHosts'>) => ({
  cors,
  allowedHosts: [host, ...allowedHosts],
});

/**
 * Serves pages, and no JSON-RPC, on a port of their own, to whom the node's own port would serve them.
 * @throws ListenError.
 * @example await startPagesServer({ '/metrics': scrape }, { port: 9100, portFlag: '--metrics-port', health })
 */
export async function startPagesServer(pages: Pages, options: PagesServerOptions): Promise<PagesServer> {
  const { host = '127.0.0.1', port, portFlag, health } = options;
  const http = { ...accessFrom(host, options), maxBodyBytes: 0, health, pages };
  const { requestTimeoutMs } = DEFAULT_LIMITS;
  const timeouts = { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs };
  const server = createServer(timeouts, (request, response) => void answerHttp(request, response, http));
  const bound = await listen(server, host, port, portFlag);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: bound.port, change: (live) => void Object.assign(http, accessFrom(host, live)), close };
}
