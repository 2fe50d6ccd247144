import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNode } from '@minichain/node';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { repositoryRoot } from '../support/fixtures.ts';
import { createJsonRpc } from '../support/jsonRpc.ts';

/** What is sent, and what comes back for it, in order. */
interface Step {
  readonly line: number;
  readonly request: string;
  readonly replies: string[];
}

const folder = join(repositoryRoot, 'test/transcripts');
const CLOSING = '{"jsonrpc":"2.0","id":"end of transcript","result":true}';

function stepsOf(file: string): Step[] {
  const steps: Step[] = [];
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .forEach((text, index) => {
      const [, mark, message = ''] = /^(>>|<<) ?(.*)$/.exec(text) ?? [];
      if (mark === '>>') steps.push({ line: index + 1, request: message, replies: [] });
      else if (mark === '<<') steps.at(-1)?.replies.push(message);
      else if (text !== '' && !text.startsWith('#')) throw new Error(`${file}:${index + 1}: expected >>, << or #`);
    });
  return steps;
}

/** The reply as written; `…` stands for any text. */
function expectReply(actual: string, wanted: string, place: string): void {
  const pattern = wanted.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (!new RegExp(`^${pattern.join('.*')}$`, 's').test(actual)) expect(actual, place).toBe(wanted);
}

async function replayHttp(file: string, url: string): Promise<void> {
  const rpc = createJsonRpc(url);
  for (const { line, request, replies } of stepsOf(file)) {
    const { status, text } = await rpc.post(request);
    expect(status, `${file}:${line}`).toBe(replies.length === 0 ? 204 : 200);
    expectReply(text, replies.join(''), `${file}:${line}`);
  }
  rpc.close();
}

async function replayWebSocket(file: string, url: string): Promise<void> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  const received: string[] = [];
  socket.on('message', (raw) => received.push(String(raw)));
  await once(socket, 'open');
  const next = async (): Promise<string> => {
    while (received.length === 0) await once(socket, 'message');
    return received.shift() as string;
  };
  for (const { line, request, replies } of stepsOf(file)) {
    socket.send(request);
    for (const wanted of replies) expectReply(await next(), wanted, `${file}:${line}`);
  }
  // Whatever came too much comes before this.
  socket.send(CLOSING.replace('"result":true', '"method":"net_listening"'));
  expect(await next(), `${file}: after the last line`).toBe(CLOSING);
  socket.terminate();
}

const TRANSPORTS = { http: replayHttp, ws: replayWebSocket };
/** `name.http.io` and `name.ws.io` are about one transport, `name.io` about both. */
const transportsOf = (file: string) =>
  Object.entries(TRANSPORTS).filter(([name]) => file.endsWith(`.${name}.io`) || /^[^.]+\.io$/.test(file));

describe.each(readdirSync(folder).filter((name) => name.endsWith('.io')))('%s', (file) => {
  it.each(transportsOf(file))('over %s', async (_, replay) => {
    const node = await createNode({ maxBatch: 5 });
    try {
      await replay(file, node.server?.url as string);
    } finally {
      await node.close();
    }
  });
});
