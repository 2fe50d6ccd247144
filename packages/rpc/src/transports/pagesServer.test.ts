import { afterEach, expect, it } from 'vitest';
import { type PagesServer, type PagesServerOptions, startPagesServer } from './pagesServer.ts';

const open: PagesServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const pages = { '/metrics': () => ({ status: 200, contentType: 'text/plain', body: 'up 1\n' }) };

async function start(options: Partial<PagesServerOptions> = {}): Promise<string> {
  const server = await startPagesServer(pages, {
    ...{ port: 0, portFlag: '--metrics-port', health: () => ({ status: 'ok' }) },
    ...options,
  });
  open.push(server);
  return `http://127.0.0.1:${server.port}`;
}

it('serves its pages and no JSON-RPC', async () => {
  const url = await start();
  expect(await (await fetch(`${url}/metrics`)).text()).toBe('up 1\n');
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect([reply.status, (await reply.json()).error.message]).toEqual([404, 'no JSON-RPC on this port']);
});

it('lets no more pages of browsers read it than it was told', async () => {
  const reply = await fetch(`${await start({ cors: [] })}/metrics`, { headers: { origin: 'http://page.example' } });
  expect(reply.headers.get('access-control-allow-origin')).toBeNull();
});

it('names the flag that chooses another port', async () => {
  const { port } = new URL(await start());
  await expect(start({ port: Number(port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: expect.stringContaining('choose another with --metrics-port, or any free one with --metrics-port 0'),
  });
});
