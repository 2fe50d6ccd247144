import { RPC_CODES, RpcError } from '@minichain/protocol';
import jayson from 'jayson/promise/index.js';
import { CodecError } from './codecs/codec.ts';
import type { MethodContext } from './context.ts';
import { rpcErrorFromFault } from './faults.ts';
import type { Method } from './method.ts';
import { unknownMethod } from './nearest.ts';

/** What one handled request looked like, for the log and metrics. */
export interface RequestRecord {
  readonly method: string;
  readonly ms: number;
  readonly error?: RpcError;
}

export interface DispatcherOptions {
  readonly maxBatch: number;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
  /** Called with what was thrown by mistake; the client only hears the id. */
  readonly onInternalError: (error: unknown, id: string) => void;
}

type Call = MethodContext & { readonly track: (error: RpcError | undefined) => void };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

let internalErrors = 0;

/** The request envelope is jayson's; the order of a batch, what an error says, and the clock are ours. */
export class Dispatcher {
  readonly #server: InstanceType<typeof jayson.Server>;
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #options: DispatcherOptions;

  constructor(methods: ReadonlyMap<string, Method>, options: DispatcherOptions) {
    this.#methods = methods;
    this.#options = options;
    const handlers = new Map<string, InstanceType<typeof jayson.Method>>();
    for (const [name, method] of methods) {
      const handler = async (params: unknown, context: unknown) => this.#run(name, method, params, context as Call);
      handlers.set(name, new jayson.Method(handler, { useContext: true }));
    }
    this.#server = new jayson.Server(
      {},
      {
        useContext: true,
        router: (name: string) => {
          const known = handlers.get(name);
          if (known !== undefined) return known;
          return new jayson.Method(
            async (_params: unknown, context: unknown) => {
              const error = unknownMethod(name, [...methods.keys()]);
              (context as Call).track(error);
              throw error;
            },
            { useContext: true },
          );
        },
      },
    );
  }

  /** One request by name, as the in-process provider makes it. @throws RpcError. */
  async request(name: string, params: unknown, context: MethodContext): Promise<unknown> {
    const method = this.#methods.get(name);
    if (method === undefined) throw unknownMethod(name, [...this.#methods.keys()]);
    const started = performance.now();
    let failed: RpcError | undefined;
    try {
      return await this.#run(name, method, params, { ...context, track: (error) => (failed = error) });
    } finally {
      this.#report(name, started, failed);
    }
  }

  /**
   * A parsed message: a request, a notification, or a batch, whose members run one after the other.
   * @returns the reply to send; undefined when there is nothing to say (notifications).
   */
  async handle(message: unknown, context: MethodContext): Promise<unknown> {
    if (!Array.isArray(message)) return this.#one(message, context);
    if (message.length === 0) return failure(null, RPC_CODES.invalidRequest, 'empty batch');
    if (message.length > this.#options.maxBatch) {
      const detail = `batch too large: ${message.length} requests, at most ${this.#options.maxBatch}`;
      return failure(null, RPC_CODES.limitExceeded, detail);
    }
    const replies: unknown[] = [];
    for (const member of message) {
      const reply = await this.#one(member, context);
      if (reply !== undefined) replies.push(reply);
    }
    return replies.length === 0 ? undefined : replies;
  }

  async #one(message: unknown, context: MethodContext): Promise<unknown> {
    const problem = invalidRequest(message);
    if (problem !== undefined) return problem;
    const request = message as { method: string; id?: unknown; params?: unknown };
    const started = performance.now();
    let failed: RpcError | undefined;
    const call: Call = { ...context, track: (error) => (failed = error) };
    // jayson wants its params absent or a container; null is what some clients send for none.
    const { params, ...rest } = request;
    const normal = params === null || params === undefined ? { ...rest, params: [] } : request;
    try {
      return await new Promise((resolve) => {
        this.#server.call(normal as never, call as never, (error: unknown, reply: unknown) => resolve(error ?? reply));
      });
    } finally {
      this.#report(request.method, started, failed);
    }
  }

  async #run(name: string, method: Method, params: unknown, context: Call): Promise<unknown> {
    try {
      if (!Array.isArray(params)) {
        throw new RpcError(RPC_CODES.invalidParams, 'non-array args: expected params as an array');
      }
      const result = await method.invoke(context, params);
      return result === undefined ? null : result;
    } catch (error) {
      const known = rpcErrorFromFault(error) ?? paramError(error) ?? this.#internal(name, error);
      context.track(known);
      throw known;
    }
  }

  #internal(name: string, error: unknown): RpcError {
    const id = `${name}-${++internalErrors}`;
    this.#options.onInternalError(error, id);
    return new RpcError(RPC_CODES.internal, `internal error (${id})`, undefined, { cause: error });
  }

  #report(method: string, started: number, error: RpcError | undefined): void {
    const record = { method, ms: performance.now() - started };
    this.#options.onRequest?.(error === undefined ? record : { ...record, error });
  }
}

/** A method found fault with a value after it was read. */
function paramError(error: unknown): RpcError | undefined {
  if (!(error instanceof CodecError)) return undefined;
  return new RpcError(RPC_CODES.invalidParams, error.message, undefined, { cause: error });
}

/** A JSON-RPC 2.0 error reply. */
export function failure(id: unknown, code: number, message: string): unknown {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

/** The reply to something that is no request; undefined when it is one. */
function invalidRequest(message: unknown): unknown {
  if (!isObject(message)) return failure(null, RPC_CODES.invalidRequest, 'invalid request: expected an object');
  const { id } = message;
  const idOk = id === undefined || id === null || typeof id === 'string' || typeof id === 'number';
  if (!idOk) return failure(null, RPC_CODES.invalidRequest, 'invalid request: id must be a string, a number or null');
  if (message['jsonrpc'] !== '2.0') {
    return failure(id ?? null, RPC_CODES.invalidRequest, 'invalid request: jsonrpc must be "2.0"');
  }
  if (typeof message['method'] !== 'string') {
    return failure(id ?? null, RPC_CODES.invalidRequest, 'invalid request: method must be a string');
  }
  return undefined;
}
