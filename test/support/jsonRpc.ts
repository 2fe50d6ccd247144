import { Agent, request as httpRequest } from 'node:http';

export interface RpcErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export interface RpcReply {
  readonly jsonrpc: '2.0';
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: RpcErrorBody;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** What a node answered with instead of a result. */
export class RpcFailure extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(method: string, { code, message, data }: RpcErrorBody) {
    super(`${method}: ${message} (${code})`);
    this.code = code;
    this.data = data;
  }
}

/** A client that adds nothing to what goes over the wire and hides nothing of what comes back. */
export interface JsonRpc {
  readonly url: string;
  /** The whole reply, errors included. */
  send(method: string, params?: unknown): Promise<RpcReply>;
  /** The result. @throws RpcFailure */
  call<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
  /** Posts any text as JSON. */
  post(body: string): Promise<HttpReply>;
  close(): void;
}

/** @example const rpc = createJsonRpc('http://127.0.0.1:8545'); await rpc.call('eth_chainId') */
export function createJsonRpc(url: string): JsonRpc {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let nextId = 0;
  const post = (body: string): Promise<HttpReply> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const outgoing = httpRequest(url, { method: 'POST', agent, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const send = async (method: string, params?: unknown): Promise<RpcReply> => {
    nextId += 1;
    const message = { jsonrpc: '2.0', id: nextId, method, ...(params === undefined ? {} : { params }) };
    const { text } = await post(JSON.stringify(message));
    return JSON.parse(text) as RpcReply;
  };
  return {
    url,
    post,
    send,
    call: async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
      const reply = await send(method, params);
      if (reply.error !== undefined) throw new RpcFailure(method, reply.error);
      return reply.result as T;
    },
    close: () => agent.destroy(),
  };
}
