import { ChainEvents, type PooledTransaction } from '@minichain/core';
import { expect, it } from 'vitest';
import { Blobs } from './blobs.ts';

const bytes = (value: number) => new Uint8Array(32).fill(value);
const hex = (value: number) => `0x${Buffer.from(bytes(value)).toString('hex')}`;

/** As the pool announces it, as far as it matters here. */
const pooled = (hash: number, blobs?: readonly number[]) =>
  ({
    hash: bytes(hash),
    tx: blobs === undefined ? {} : { blobs: blobs.map((one) => `0x${one}`), blobVersionedHashes: blobs.map(hex) },
  }) as unknown as PooledTransaction;

it('keeps the blobs of what was sent, by their hashes and by transaction', () => {
  const events = new ChainEvents();
  const blobs = new Blobs({ events });
  events.emit('transactionQueued', pooled(1));
  events.emit('transactionQueued', pooled(2, [10, 11]));
  expect(blobs.blob(bytes(11))).toBe('0x11');
  expect(blobs.blobsOf(bytes(2))).toEqual(['0x10', '0x11']);
  expect(blobs.blobsOf(bytes(1))).toBeUndefined();
});

it('forgets the oldest', () => {
  const events = new ChainEvents();
  const blobs = new Blobs({ events });
  events.emit('transactionQueued', pooled(1, [1]));
  for (let i = 0; i < 256; i++) {
    const one = pooled(2, [2]);
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, i + 1);
    const versioned = `0x${Buffer.from(hash).toString('hex')}`;
    const tx = { blobs: ['0x00'], blobVersionedHashes: [versioned] };
    events.emit('transactionQueued', { ...one, hash, tx } as unknown as PooledTransaction);
  }
  expect(blobs.blob(bytes(1))).toBeUndefined();
  expect(blobs.blobsOf(bytes(1))).toBeUndefined();
});
