import { beforeAll, expect, it } from 'vitest';
import { word } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { hexFrom } from './hexFrom.ts';
import { isSmallSlot, withSmallSlots } from './smallSlots.ts';

beforeAll(async () => {
  await loadCrypto();
});

it('knows the hash of every slot that it says is small, and of no other', () => {
  const { get } = withSmallSlots({ get: () => undefined });
  for (const number of [0, 1, 255, 256, 8191, 24_573, 32_767, 32_768, 65_536, 2 ** 40]) {
    const slot = word(number);
    expect(isSmallSlot(slot)).toBe(number < 32_768);
    expect(get(hexFrom(keccak256(slot)))).toEqual(number < 32_768 ? slot : undefined);
  }
  expect(isSmallSlot(new Uint8Array(20))).toBe(false);
});
