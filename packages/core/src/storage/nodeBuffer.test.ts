import { RLP } from '@ethereumjs/rlp';
import { expect, it } from 'vitest';
import { memoryNodes } from '../chain.fixture.ts';
import { NodeBuffer } from './nodeBuffer.ts';

const key = (n: number): string => n.toString(16).padStart(64, '0');
const leaf = (n: number): Uint8Array => RLP.encode([Uint8Array.of(0x20, n), Uint8Array.of(n)]);

it('shows what it holds before what the store holds, and stores nothing until it is flushed', async () => {
  const store = memoryNodes();
  store.write(new Map([[key(1), leaf(1)]]));
  const buffer = new NodeBuffer(store);
  expect(await buffer.get(key(1))).toEqual(leaf(1));
  await buffer.put(key(2), leaf(2));
  await buffer.batch([
    { type: 'put', key: key(3), value: leaf(3) },
    { type: 'del', key: key(1) },
  ]);
  expect(await buffer.get(key(2))).toEqual(leaf(2));
  expect(buffer.written(key(3))).toEqual(leaf(3));
  expect(buffer.written(key(1))).toBeUndefined();
  expect(store.get(key(2))).toBeUndefined();
  // Nodes are shared by states, so none is ever taken out.
  await buffer.del();
  expect(await buffer.get(key(1))).toEqual(leaf(1));
});

it('flushes what a root needs and forgets the rest', async () => {
  const store = memoryNodes();
  const buffer = new NodeBuffer(store);
  await buffer.put(key(2), leaf(2));
  await buffer.put(key(3), leaf(3));
  await buffer.put(`63${key(9)}`, Uint8Array.of(0xfe));
  buffer.flush(key(2));
  expect(store.get(key(2))).toEqual(leaf(2));
  expect(store.get(key(3))).toBeUndefined();
  expect(store.get(`63${key(9)}`)).toEqual(Uint8Array.of(0xfe));
  expect(await buffer.get(key(3))).toBeUndefined();
});

it('is shared by the copies that a trie makes of it', () => {
  const buffer = new NodeBuffer(memoryNodes());
  expect(buffer.shallowCopy()).toBe(buffer);
});
