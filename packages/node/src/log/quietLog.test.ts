import { expect, it } from 'vitest';
import { createNode } from '../createNode.ts';
import { QuietLog } from './quietLog.ts';

it('tells mistakes, a line each, and nothing else', async () => {
  const written: string[] = [];
  const log = new QuietLog({ write: (text) => written.push(text), level: 'info' });
  const { onRequestStarted, onRequest, onInternalError } = log;
  const node = await createNode({ server: false, onRequestStarted, onRequest, onInternalError });
  log.attach(node);
  await node.provider.request({ method: 'evm_mine' });
  await expect(node.provider.request({ method: 'eth_nonsense' })).rejects.toThrow();
  log.flush();
  expect(written).toEqual([]);
  log.onInternalError(new Error('one\ntwo'), 'eth_call-1');
  node.chain.events.emit('miningFailed', 'no room');
  expect(written).toEqual(['internal error (eth_call-1): one\\x0atwo\n', 'block could not be made: no room\n']);
  await node.close();
});

it('tells nothing at all at level silent', () => {
  const written: string[] = [];
  const log = new QuietLog({ write: (text) => written.push(text), level: 'silent' });
  log.onInternalError(new Error('oops'), 'eth_call-1');
  expect(written).toEqual([]);
  log.change({ level: 'error', slowRequestMs: 0 });
  log.onInternalError(new Error('oops'), 'eth_call-1', 'checkout-17');
  expect(written).toEqual(['internal error (eth_call-1, request checkout-17): oops\n']);
});
