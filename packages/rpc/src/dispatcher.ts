import { StorageError, type StorageReader } from '@minichain/core';
import { RPC_CODES, RpcError } from '@minichain/protocol';
import jayson from 'jayson/promise/index.js';
import { CodecError } from './codecs/codec.ts';
import type { MethodContext } from './context.ts';
import { rpcErrorFromFault } from './faults.ts';
import { type ErrorStyle, hardhatError } from './hardhatErrors.ts';
import { jsonSize } from './jsonSize.ts';
import { JsonText } from './jsonText.ts';
import { isKnownAhead } from './knownAhead.ts';
import type { Method } from './method.ts';
import { notOffered, offeredOf } from './namespaces.ts';
import { unknownMethod } from './nearest.ts';
import type { RpcLimits } from './rpcLimits.ts';
import { Gathering, together } from './together.ts';
import { Turns } from './turns.ts';

/** What one handled request looked like, for the log and metrics. `ms` is milliseconds. */
export interface RequestRecord {
  readonly method: string;
  /** As they came: by position unless the client erred. */
  readonly params: unknown;
  readonly ms: number;
  /** Of the message it came in; in process there is none. */
  readonly requestId: string | undefined;
  readonly error?: RpcError;
}

export interface DispatcherOptions {
  /** Whose words errors have; default geth's. */
  readonly errorStyle?: ErrorStyle | undefined;
  readonly limits: Readonly<RpcLimits>;
  readonly onRequestStarted?: ((method: string) => void) | undefined;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
  /** Where what a method sets is kept; left out: nowhere. */
  readonly storage?: Pick<StorageReader, 'isPersistent' | 'ready' | 'saved' | 'settings'>;
  /** While blocks that were mined are being worked out: when that is done. */
  readonly settled?: () => Promise<void> | undefined;
  /** Called with what was thrown by mistake; the client only hears the id. */
  readonly onInternalError: (error: unknown, id: string, requestId: string | undefined) => void;
}

/** A request on its way through jayson, which hands its context through untouched. */
interface Call extends MethodContext {
  readonly method: string;
  readonly room: Room;
  /** What running it has thrown already. */
  readonly fault?: unknown;
  error?: RpcError;
}

/** A request as jayson gets it. */
interface Envelope {
  readonly jsonrpc: '2.0';
  readonly id: number;
  readonly method: string;
  readonly params: object;
}

interface Reply {
  readonly result?: unknown;
  readonly error?: unknown;
}

/** What is left for the results that answer one message. */
interface Room {
  bytes: number;
}

/**
 * Told how many requests a message holds, before any runs.
 * @returns why it is refused; undefined when it is not.
 */
export type Meter = (requests: number) => string | undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const { limitExceeded } = RPC_CODES;

/**
 * Methods that change settings, which are written after them. What only tells goes on when the disk is full, and what has
 * written its change by itself must not be refused because of what somebody else has set meanwhile.
 */
const SETS =
  /^(anvil|evm|hardhat|minichain)_(?!metadata|nodeInfo|get|list|status|dumpState)|^eth_(new|uninstall|getFilterChanges)/;
const WRITES =
  /_(set(Account)?(Balance|Nonce|Code|StorageAt)|addBalance|loadState|mine|snapshot|revert|reset|drop\w+|removePoolTransactions|\w+Checkpoint|prune|compact|importBlocks)$/;

/** Names that jayson has nothing to say about. */
const PLAIN_NAME = /^\w+$/;
/** Methods that may be asked twice. */
const READS = /^(eth_(?!send|new|uninstall|getFilterChanges)|debug|trace|ots|txpool)/;

let internalErrors = 0;

/** The request envelope is jayson's; the order of a batch, what an error says, and the clock are ours. */
export class Dispatcher {
  readonly #server: InstanceType<typeof jayson.Server>;
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #options: DispatcherOptions;
  readonly #gathering = new Gathering();

  constructor(methods: ReadonlyMap<string, Method>, options: DispatcherOptions) {
    this.#methods = methods;
    this.#options = options;
    const entry = new jayson.Method(
      async (params: unknown, context: unknown) => {
        const call = context as Call;
        if ('fault' in call) throw call.fault;
        return this.#run(call, params);
      },
      {
        useContext: true,
      },
    );
    this.#server = new jayson.Server({}, { useContext: true, router: () => entry });
  }

  /** One request by name, as the in-process provider makes it. @throws RpcError. */
  async request(method: string, params: unknown, context: MethodContext): Promise<unknown> {
    const call: Call = { ...context, method, room: this.#room() };
    const result = await this.#timed(call, params, () => this.#run(call, params));
    return result instanceof JsonText ? result.toJSON() : result;
  }

  /**
   * A parsed message: a request, a notification, or a batch, whose members run one after the other; sends that follow one
   * another, or arrive at the same moment, run together.
   * @returns the reply to send; undefined when there is nothing to say (notifications).
   */
  async handle(message: unknown, context: MethodContext, meter?: Meter): Promise<unknown> {
    if (Array.isArray(message)) return this.#batch(message, context, meter);
    const refused = meter?.(1);
    if (refused === undefined) return this.#one(message, context, this.#room());
    return invalidRequest(message) ?? failure((message as { id?: unknown }).id ?? null, limitExceeded, refused);
  }

  async #batch(message: readonly unknown[], context: MethodContext, meter: Meter | undefined): Promise<unknown> {
    if (message.length === 0) return failure(null, RPC_CODES.invalidRequest, 'invalid request: empty batch');
    const { maxBatch } = this.#options.limits;
    if (message.length > maxBatch) {
      const detail = `batch too large: ${message.length} requests, at most ${maxBatch}`;
      return failure(null, limitExceeded, detail);
    }
    const refused = meter?.(message.length);
    if (refused !== undefined) return failure(null, limitExceeded, refused);
    const room = this.#room();
    const replies: unknown[] = [];
    const turns = new Turns();
    for (const members of together(message)) {
      const [first] = members;
      if (members.length === 1) replies.push(await this.#one(first, context, room));
      else replies.push(...(await Promise.all(members.map((member) => this.#one(member, context, room)))));
      const turn = turns.next();
      if (turn !== undefined) await turn;
    }
    const said = replies.filter((reply) => reply !== undefined);
    return said.length === 0 ? undefined : said;
  }

  /** Records something thrown by mistake. @returns what the client is told. */
  internalError(where: string, error: unknown, requestId: string | undefined): RpcError {
    const id = `${where}-${++internalErrors}`;
    this.#options.onInternalError(error, id, requestId);
    return new RpcError(RPC_CODES.internal, `internal error (${id})`, undefined, { cause: error });
  }

  #room(): Room {
    return { bytes: this.#options.limits.maxResponseBytes || Number.POSITIVE_INFINITY };
  }

  async #one(message: unknown, context: MethodContext, room: Room): Promise<unknown> {
    const problem = invalidRequest(message);
    if (problem !== undefined) return problem;
    const { id, method, params } = message as { method: string; id?: unknown; params?: unknown };
    const call: Call = { ...context, method, room };
    // As geth: once the replies are too large together, the requests that are left are not run.
    if (room.bytes < 0 && id !== undefined) return failure(id, limitExceeded, this.#tooLarge());
    // jayson takes a null id for none and refuses params that are no container, so it gets neither.
    const container = params === undefined || params === null ? [] : typeof params === 'object' ? params : {};
    const request: Envelope = { jsonrpc: '2.0', id: 0, method, params: container };
    const isPlain = Array.isArray(container) && PLAIN_NAME.test(method);
    const others = this.#gathering.for(method);
    if (others !== undefined) await others;
    const reply = await this.#timed(call, params, () =>
      isPlain ? this.#runPlain(request, call) : this.#envelope(request, call),
    );
    if (id === undefined) return undefined;
    return 'error' in reply ? { jsonrpc: '2.0', id, error: reply.error } : { jsonrpc: '2.0', id, result: reply.result };
  }

  /** What jayson does of a plain request that succeeds is known without it. What went wrong it puts into words. */
  async #runPlain(request: Envelope, call: Call): Promise<Reply> {
    try {
      return { result: await this.#run(call, request.params) };
    } catch (error) {
      return this.#envelope(request, { ...call, fault: error });
    }
  }

  #envelope(request: Envelope, call: Call): Promise<Reply> {
    return new Promise((resolve) => {
      this.#server.call(request, call as never, (error: unknown, answer: unknown) => {
        resolve((error ?? answer) as Reply);
      });
    });
  }

  async #run(call: Call, params: unknown): Promise<unknown> {
    try {
      const method = this.#methods.get(call.method);
      if (method === undefined) throw unknownMethod(call.method, offeredOf([...this.#methods.keys()], call.namespaces));
      const refused = notOffered(call.method, call.namespaces);
      if (refused !== undefined) throw refused;
      if (!Array.isArray(params)) {
        throw new RpcError(RPC_CODES.invalidParams, 'non-array args: expected params as an array');
      }
      const { storage } = this.#options;
      const isSetter = storage?.isPersistent === true && SETS.test(call.method) && !WRITES.test(call.method);
      const before = isSetter ? storage.settings() : undefined;
      const result = await this.#invoke(method, call, params);
      // What was acknowledged survives the process.
      if (isSetter) await storage.saved(before);
      call.room.bytes -= jsonSize(result, call.room.bytes);
      if (call.room.bytes < 0) throw new RpcError(limitExceeded, this.#tooLarge());
      return result === undefined ? null : result;
    } catch (error) {
      call.error =
        hardhatError(error, {
          style: this.#options.errorStyle,
          method: call.method,
          params,
          chain: call.chain,
        }) ??
        rpcErrorFromFault(error) ??
        paramError(error) ??
        this.internalError(call.method, error, call.requestId);
      throw call.error;
    }
  }

  async #invoke(method: Method, call: Call, params: readonly unknown[]): Promise<unknown> {
    const { storage } = this.#options;
    const opening = storage?.ready();
    if (opening !== undefined) await opening;
    const work = this.#options.settled?.();
    if (work !== undefined && !isKnownAhead(call.method)) await work;
    try {
      return await method.invoke(call, params);
    } catch (error) {
      const isBusy = error instanceof StorageError && error.fault.code === 'DATABASE_BUSY';
      if (!isBusy || !READS.test(call.method)) throw error;
      // The database was opened again while it was read.
      await storage?.ready();
      return method.invoke(call, params);
    }
  }

  #tooLarge(): string {
    const advice = 'ask for less at a time (fewer requests in a batch, a smaller range)';
    return `response too large: over ${this.#options.limits.maxResponseBytes} bytes; ${advice}, or raise the node's --max-response`;
  }

  async #timed<T>(call: Call, params: unknown, work: () => Promise<T>): Promise<T> {
    const { onRequestStarted, onRequest } = this.#options;
    onRequestStarted?.(call.method);
    const started = performance.now();
    try {
      return await work();
    } finally {
      const { method, requestId, error } = call;
      const record = { method, params, ms: performance.now() - started, requestId };
      onRequest?.(error === undefined ? record : { ...record, error });
    }
  }
}

/** A method found fault with a value after it was read. */
function paramError(error: unknown): RpcError | undefined {
  if (!(error instanceof CodecError)) return undefined;
  const message = error.path === '' ? error.message : `${error.path}: ${error.message}`;
  return new RpcError(error.code, message, undefined, { cause: error });
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
