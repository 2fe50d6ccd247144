import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { METHODS } from '../../packages/rpc/src/registry.ts';
import { startBystander } from '../support/bystander.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { Random } from './random.ts';
import { type MethodShape, requestTo, rubbish } from './requests.ts';
import { httpSender, ipcSender, type Sender, webSocketSender } from './senders.ts';

/** More of them, or others: `REQUEST_FUZZ_CASES=200000 REQUEST_FUZZ_SEED=7 npm test -- test/fuzz`. */
const CASES = Number(process.env['REQUEST_FUZZ_CASES'] ?? 6_000);
const SEED = Number(process.env['REQUEST_FUZZ_SEED'] ?? 1);
/** A node that has been told to reset, stop mining or run out of time is a fresh one for the next. */
const CASES_A_NODE = 3_000;
const REQUEST_LIMIT_MS = 60_000;

const shapes: MethodShape[] = [...METHODS].map(([name, { params }]) => ({
  name,
  params: params.map((one) => one.name),
}));

let node: RunningNode | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-fuzz-'));
});
afterEach(async () => {
  await node?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Clients that go on beside each other, by every way there is. */
const sendersTo = ({ url, wsUrl }: RunningNode, ipc: string): Sender[] => [
  httpSender(url),
  httpSender(url),
  webSocketSender(wsUrl),
  ipcSender(ipc),
];

/** What is wrong with a reply to one request; undefined when nothing is. */
function replyFault(reply: unknown, request: unknown): string | undefined {
  if (typeof reply !== 'object' || reply === null) return 'the reply is no object';
  const { jsonrpc, id, error, ...rest } = reply as Record<string, unknown>;
  if (jsonrpc !== '2.0') return 'the reply says no version';
  if ('result' in rest === (error !== undefined)) return 'the reply has not exactly one of result and error';
  const asked = (request as { id?: unknown } | null)?.id;
  if (id !== null && id !== asked) return `the reply is to another id: ${JSON.stringify(id)}`;
  if (error === undefined) return undefined;
  const { code, message } = error as Record<string, unknown>;
  if (!Number.isInteger(code) || typeof message !== 'string' || message === '') return 'the error says nothing';
  if (/internal error|\n\s+at |TypeError|Cannot read prop|is not a function|undefined/.test(message))
    return `the error is ours: ${message.slice(0, 300)}`;
  return undefined;
}

/** @returns what is wrong with the answer to a text. */
function answerFault({ status, text }: { status: number; text: string }, body: string): string | undefined {
  if (status === 413 || status === 204) return undefined;
  if (status !== 200) return `status ${status}`;
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    return 'the answer is no JSON';
  }
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    return (reply as { error?: { code: number } }).error?.code === -32700
      ? undefined
      : 'what is no JSON was no parse error';
  }
  if (!Array.isArray(request) || !Array.isArray(reply)) return replyFault(reply, request);
  const asked = request as { id?: unknown }[];
  for (const one of reply) {
    const fault = replyFault(
      one,
      asked.find((other) => other?.id === (one as { id?: unknown } | null)?.id),
    );
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function bodyOf(
  random: Random,
  transport: Sender['transport'],
): { body: string; kind: 'request' | 'batch' | 'rubbish'; methods: string[] } {
  const one = random.pick(shapes);
  if (random.oneIn(20)) {
    const members = Array.from({ length: random.below(6) }, () => random.pick(shapes));
    return {
      body: JSON.stringify(members.map((shape) => requestTo(random, shape))),
      kind: 'batch',
      methods: members.map(({ name }) => name),
    };
  }
  const text = JSON.stringify(requestTo(random, one));
  return transport !== 'IPC' && random.oneIn(20)
    ? { body: rubbish(random, text), kind: 'rubbish', methods: [] }
    : { body: text, kind: 'request', methods: [one.name] };
}

async function within<T>(promise: Promise<T>, what: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${REQUEST_LIMIT_MS} ms: ${what()}`)), REQUEST_LIMIT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

it(`${CASES} requests with something wrong in them get well-formed answers, and another client goes on`, {
  timeout: 3_600_000,
}, async () => {
  const random = new Random(SEED);
  const seen = { request: 0, batch: 0, rubbish: 0, succeeded: 0, tooLarge: 0, HTTP: 0, WebSocket: 0, IPC: 0 };
  const asked = new Set<string>();
  const faults: string[] = [];
  for (let done = 0; done < CASES; done += CASES_A_NODE) {
    const ipc = join(folder, 'node.ipc');
    const flags = ['--log-level', 'error', '--call-timeout', '2', '--trace-limit', '8mb', '--ipc', ipc];
    node = await startMinichain(flags);
    const canary = startBystander(node.url, 'web3_sha3');
    const senders = sendersTo(node, ipc);
    let left = Math.min(CASES_A_NODE, CASES - done);
    const lane = async ({ transport, send }: Sender): Promise<void> => {
      while (left-- > 0) {
        const { body, kind, methods } = bodyOf(random, transport);
        const shown = (): string => `${body.slice(0, 400)} over ${transport}`;
        const answer = await within(send(body), shown);
        seen[kind]++;
        seen[transport]++;
        for (const name of methods) asked.add(name);
        if (answer === undefined) {
          seen.tooLarge++;
          continue;
        }
        const fault = answerFault(answer, body);
        if (fault !== undefined) faults.push(`${fault}\n  to ${shown()}\n  got ${answer.text.slice(0, 300)}`);
        if (/"result":/.test(answer.text)) seen.succeeded++;
      }
    };
    await Promise.all(senders.map(lane));
    await canary.answered(5);
    await canary.stop();
    for (const sender of senders) sender.close();
    await node.close();
  }
  console.log(`request fuzz, seed ${SEED}: ${JSON.stringify(seen)}, ${asked.size} of ${shapes.length} methods`);
  expect(faults.slice(0, 20).join('\n')).toBe('');
  expect(seen.succeeded).toBeGreaterThan(CASES / 20);
  expect(seen.succeeded).toBeLessThan(CASES);
});
