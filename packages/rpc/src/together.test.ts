import { expect, it } from 'vitest';
import { Gathering, together } from './together.ts';

const SEND = { method: 'eth_sendRawTransaction' };
const READ = { method: 'eth_blockNumber' };

it('leaves everything alone but sends that follow one another', () => {
  const batch = [READ, SEND, SEND, null, SEND, READ, READ, 'x', undefined];
  const parts = [...together(batch)];
  expect(parts).toEqual([[READ], [SEND, SEND], [null], [SEND], [READ], [READ], ['x'], [undefined]]);
  expect([...together([])]).toEqual([]);
});

it('gives others a turn after as many as a block soon holds', () => {
  expect([...together(Array.from({ length: 150 }, () => SEND))].map(({ length }) => length)).toEqual([64, 64, 22]);
});

it('lets sends of one moment go on at one moment, and nothing else wait', async () => {
  const gathering = new Gathering();
  expect(gathering.for('eth_call')).toBeUndefined();
  const first = gathering.for('eth_sendRawTransaction');
  expect(gathering.for('eth_sendRawTransaction')).toBe(first);
  await first;
  expect(gathering.for('eth_sendRawTransaction')).not.toBe(first);
});
