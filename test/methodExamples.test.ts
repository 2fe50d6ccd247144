import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { METHODS } from '../packages/rpc/src/registry.ts';
import { BLOCK_3, type Step } from '../packages/rpc/src/world.vectors.ts';
import { type Example, exampleOf } from './documentation/examples.ts';
import { sameShape } from './documentation/shape.ts';
import { repositoryRoot } from './support/fixtures.ts';
import type { RpcReply } from './support/jsonRpc.ts';
import { type RunningNode, startMinichain } from './support/nodeProcess.ts';

/** Every example of METHODS.md, sent to a node that was started as that page says. */

const folder = join(repositoryRoot, 'packages/rpc/methods');
const world = readFileSync(join(folder, 'world.json'), 'utf8');

async function startWorld(): Promise<RunningNode> {
  const node = await startMinichain(['--init', join(folder, 'genesis.json'), '--accounts', '3']);
  const replies = JSON.parse((await node.rpc.post(world)).text) as RpcReply[];
  expect(replies.filter(({ error }) => error !== undefined)).toEqual([]);
  return node;
}

let shared: RunningNode;
beforeAll(async () => {
  shared = await startWorld();
});
afterAll(() => shared?.close());

/** Ids of filters and subscriptions are given by chance; in the vectors they are counted. */
const COUNTED = /^"0x0*([1-9a-f])"$/;
const BY_CHANCE = /^0x[0-9a-f]{24,32}$/;

/** The params of a step, with the ids that the steps before it were answered with. */
function withIds(params: readonly unknown[], replies: readonly RpcReply[]): unknown[] {
  const ids = replies.flatMap(({ result }) => (typeof result === 'string' && BY_CHANCE.test(result) ? [result] : []));
  return params.map((value) => {
    const counted = COUNTED.exec(JSON.stringify(value));
    return counted === null ? value : (ids[Number.parseInt(counted[1] as string, 16) - 1] ?? value);
  });
}

async function overWebSocket(url: string, steps: readonly Step[]): Promise<RpcReply> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const replies: RpcReply[] = [];
  for (const [id, [method, given]] of steps.entries()) {
    const params = withIds(given, replies);
    const answered = new Promise<RpcReply>((resolve) => {
      socket.on('message', (text) => {
        const message = JSON.parse(String(text)) as RpcReply;
        if (message.id === id) resolve(message);
      });
    });
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    replies.push(await answered);
  }
  socket.close();
  return replies.at(-1) as RpcReply;
}

async function replyOf(node: RunningNode, { method, before, params, transport }: Example): Promise<RpcReply> {
  const steps = [...before, [method, params] as unknown as Step];
  if (transport === 'WebSocket') return overWebSocket(node.wsUrl, steps);
  const replies: RpcReply[] = [];
  for (const [name, given] of steps) replies.push(await node.rpc.send(name, withIds(given, replies)));
  return replies.at(-1) as RpcReply;
}

it('makes the chain of the examples: the same blocks', async () => {
  expect(await shared.rpc.call('eth_getBlockByNumber', ['latest', false])).toMatchObject({
    number: '0x3',
    hash: BLOCK_3,
  });
});

it.each([...METHODS.keys()].sort())('the example of %s is what a node answers', async (method) => {
  const example = exampleOf(method);
  const expectAsShown = ({ result, error }: RpcReply): void => {
    const actual = error === undefined ? { result } : { error };
    expect(
      sameShape(example.reply, actual, example.isExcerpt),
      `shown: ${JSON.stringify(example.reply)}, answered: ${JSON.stringify(actual)}`,
    ).toBe(true);
  };
  if (example.isAlone) {
    const node = await startWorld();
    try {
      expectAsShown(await replyOf(node, example));
    } finally {
      await node.close();
    }
    return;
  }
  const snapshot = await shared.rpc.call('evm_snapshot');
  try {
    expectAsShown(await replyOf(shared, example));
  } finally {
    await shared.rpc.call('evm_revert', [snapshot]);
    // They outlive whatever is gone back to.
    for (const { name } of await shared.rpc.call<{ name: string }[]>('minichain_listCheckpoints')) {
      await shared.rpc.call('minichain_removeCheckpoint', [name]);
    }
  }
});
