import { createChain } from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { beforeAll, expect, it } from 'vitest';
import { knownSignature } from './knownSignatures.ts';

beforeAll(async () => {
  // Loads keccak.
  await (await createChain()).close();
});

// Selectors as the standards print them.
it.each([
  ['functions', '0xa9059cbb', 'transfer(address,uint256)'],
  ['functions', '0x23b872dd', 'transferFrom(address,address,uint256)'],
  ['functions', '0x095ea7b3', 'approve(address,uint256)'],
  ['functions', '0x42842e0e', 'safeTransferFrom(address,address,uint256)'],
  ['functions', '0xf242432a', 'safeTransferFrom(address,address,uint256,uint256,bytes)'],
  ['functions', '0x4f1ef286', 'upgradeToAndCall(address,bytes)'],
  ['errors', '0xe450d38c', 'ERC20InsufficientBalance(address,uint256,uint256)'],
  ['errors', '0x118cdaa7', 'OwnableUnauthorizedAccount(address)'],
  ['errors', '0x7e273289', 'ERC721NonexistentToken(uint256)'],
] as const)('knows among the %s %s as %s', (kind, selector, signature) => {
  expect(knownSignature(kind, bytesFromHex(selector))).toBe(signature);
});

it('keeps functions and errors apart, and knows no others', () => {
  expect(knownSignature('errors', bytesFromHex('0xa9059cbb'))).toBeUndefined();
  expect(knownSignature('functions', bytesFromHex('0x00000000'))).toBeUndefined();
  expect(knownSignature('functions', new Uint8Array(3))).toBeUndefined();
});
