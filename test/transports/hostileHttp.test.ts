import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bystander, startBystander } from '../support/bystander.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { openRaw } from '../support/rawSocket.ts';

let node: RunningNode;
let other: Bystander;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(() => node.close());
beforeEach(() => {
  other = startBystander(node.url);
});
/** Whatever a test did: everybody else goes on. */
afterEach(async () => {
  await other.answered(3);
  await other.stop();
});

const head = (length: number) =>
  `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
const mine = '{"jsonrpc":"2.0","id":1,"method":"evm_mine"}';

describe('a client that', () => {
  it.each([
    ['bytes of chance', randomBytes(4096).toString('latin1')],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['an unknown method', 'MINE / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
    ],
    ['no host', 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
  ])('sends %s is told so and cut off', async (_, bytes) => {
    const { socket, received, closed } = await openRaw(node.url);
    socket.write(bytes, 'latin1');
    await closed;
    expect(received()).toMatch(/^(HTTP\/1\.1 400 |$)/);
  });

  it('sends headers without end is cut off', async () => {
    const { socket, received, closed } = await openRaw(node.url);
    socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ${'x'.repeat(100_000)}`);
    await closed;
    expect(received()).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('sends a bad chunk is cut off', async () => {
    const { socket, received, closed } = await openRaw(node.url);
    socket.write(
      'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
    );
    await closed;
    expect(received()).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('sends its request in chunks is answered', async () => {
    const { socket, received } = await openRaw(node.url);
    socket.write(
      'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    for (const part of ['{"jsonrpc":"2.0",', '"id":1,"method":', '"net_version"}']) {
      socket.write(`${part.length.toString(16)}\r\n${part}\r\n`);
    }
    socket.write('0\r\n\r\n');
    await expect.poll(received).toContain('"result":"31337"');
    socket.destroy();
  });

  it('leaves while it sends does nothing', async () => {
    const before = await node.rpc.call('eth_blockNumber');
    const { socket, closed } = await openRaw(node.url);
    socket.write(head(mine.length) + mine.slice(0, -1));
    await other.answered(2);
    socket.destroy();
    await closed;
    await other.answered(2);
    expect(await node.rpc.call('eth_blockNumber')).toBe(before);
  });

  it('leaves before its answer is served all the same', async () => {
    const before = Number(await node.rpc.call('eth_blockNumber'));
    const { socket, closed } = await openRaw(node.url);
    socket.end(head(mine.length) + mine);
    socket.destroySoon();
    await closed;
    await expect.poll(async () => Number(await node.rpc.call('eth_blockNumber'))).toBe(before + 1);
  });

  it('pipelines its requests gets its answers in their order', async () => {
    const { socket, received } = await openRaw(node.url);
    const requests = Array.from({ length: 20 }, (_, id) =>
      JSON.stringify({ jsonrpc: '2.0', id, method: 'net_version' }),
    );
    socket.write(requests.map((request) => head(request.length) + request).join(''));
    const ids = () => [...received().matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
    await expect.poll(ids).toEqual(requests.map((_, id) => id));
    socket.destroy();
  });
});

describe('many at once', () => {
  it('that drip their requests byte by byte', async () => {
    const open = await Promise.all(Array.from({ length: 100 }, () => openRaw(node.url)));
    for (const letter of 'POST / HTTP/1.1') {
      for (const { socket } of open) socket.write(letter);
      await other.answered(1);
    }
    for (const { socket } of open) socket.destroy();
  });

  it('that say nothing', async () => {
    const open = await Promise.all(Array.from({ length: 800 }, () => openRaw(node.url)));
    await other.answered(20);
    for (const { socket } of open) socket.destroy();
  });

  it('that send too much: each hears 413, and nothing of it stays', async () => {
    const body = 'x'.repeat(11 * 1024 * 1024);
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const reply = await fetch(node.url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
        await reply.arrayBuffer();
        return reply.status;
      }),
    );
    expect(statuses).toEqual(statuses.map(() => 413));
  });

  it('that ask for much in one batch, between whose members others are answered', async () => {
    // A loop that runs until its gas is gone.
    const burn = { data: '0x5b5f56', gas: '0x2faf080' };
    const batch = Array.from({ length: 900 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'eth_call', params: [burn] }));
    let isDone = false;
    const reply = node.rpc.post(JSON.stringify(batch)).finally(() => {
      isDone = true;
    });
    await other.answered(10);
    expect(isDone).toBe(false);
    expect(JSON.parse((await reply).text)).toHaveLength(900);
  });
});

it('a node that may open no more files goes on with those it has, and takes new ones when old ones go', async () => {
  const poor = await startMinichain([], { openFiles: 64 });
  try {
    expect(await poor.rpc.call('net_version')).toBe('31337');
    const crowd = await Promise.all(Array.from({ length: 100 }, () => openRaw(poor.url)));
    expect(await poor.rpc.call('net_version')).toBe('31337');
    for (const { socket } of crowd) socket.destroy();
    await expect
      .poll(() =>
        fetch(`${poor.url}/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  } finally {
    await poor.close();
  }
});
