import { realpath } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { notedUrl, StorageError } from '@minichain/core';
import type { RpcMethodName, RpcParams, RpcResult, RpcStatus } from '@minichain/protocol';

/** What a node refused, with what it says of it. */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';
  readonly data: unknown;

  constructor(message: string, data: unknown) {
    super(message);
    this.data = data;
  }
}

/** A node that has a data directory open, asked over its own port. */
export interface RunningNode {
  readonly url: string;
  readonly status: RpcStatus;
  /** However long the answer takes. @throws NodeRefusal; another error when the node does not answer. */
  call<N extends RpcMethodName>(method: N, params: RpcParams<N>): Promise<RpcResult<N>>;
}

const TOO_MANY_REQUESTS = 429;
const PAUSE_MS = 1000;
const STATUS_MS = 500;

function post(url: string, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    // A connection of its own: one that is kept open would keep the process from its end.
    httpRequest(url, { method: 'POST', headers, agent: false }, resolve).on('error', reject).end(body);
  });
}

async function call(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  let response: IncomingMessage;
  let answer: string;
  try {
    response = await post(url, body);
    answer = await text(response);
  } catch (error) {
    throw new Error(`the node on ${url} did not answer ${method}: ${(error as Error).message}`, { cause: error });
  }
  if (response.statusCode === TOO_MANY_REQUESTS) {
    await wait(PAUSE_MS);
    return call(url, method, params);
  }
  const reply = JSON.parse(answer) as { result?: unknown; error?: { message: string; data?: unknown } };
  if (reply.error === undefined) return reply.result;
  throw new NodeRefusal(reply.error.message, reply.error.data);
}

const samePath = async (a: string, b: string): Promise<boolean> => (await realpath(a)) === (await realpath(b));

/** The node that a directory names, if it is one that has that very directory open. */
async function findNode(path: string): Promise<RunningNode | undefined> {
  const url = await notedUrl(path);
  if (url === undefined) return undefined;
  const ask = (method: string, params: readonly unknown[]) => call(url, method, params) as Promise<never>;
  try {
    const status: RpcStatus = await ask('minichain_status', []);
    const { path: open } = status.storage;
    return open !== null && (await samePath(open, path)) ? { url, status, call: ask } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Works on a directory: by itself, or by asking the node that has it open.
 * @param ways.alone throws DATABASE_LOCKED before it does anything when another process has the directory.
 * @throws StorageError DATABASE_LOCKED when that process is no node that can be asked.
 * @example await onDirectory('./chain', { alone: () => compact('./chain'), asked: (node) => node.call('minichain_compact', []) })
 */
export async function onDirectory<T>(
  path: string,
  { alone, asked }: { readonly alone: () => Promise<T>; readonly asked: (node: RunningNode) => Promise<T> },
): Promise<T> {
  try {
    return await alone();
  } catch (error) {
    if (!(error instanceof StorageError) || error.fault.code !== 'DATABASE_LOCKED') throw error;
    const node = await findNode(path);
    if (node === undefined) throw error;
    return asked(node);
  }
}

/** How a node is while it works. Sizes in bytes. */
export interface NodeProgress {
  readonly head: number;
  readonly sizeBytes: number | null;
}

/** Tells how the node is while it is at something. */
export async function watching<T>(
  node: RunningNode,
  work: () => Promise<T>,
  onProgress: (progress: NodeProgress) => void,
): Promise<T> {
  const done = new AbortController();
  const watch = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const { head, storage } = await node.call('minichain_status', []);
      onProgress({ head: head.number, sizeBytes: storage.sizeBytes });
      await wait(STATUS_MS, undefined, { signal: done.signal });
    }
  };
  // What is wrong with the node, the work itself meets.
  void watch().catch(() => {});
  try {
    return await work();
  } finally {
    done.abort();
  }
}
