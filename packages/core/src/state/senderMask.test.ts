import { Account, KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util';
import { beforeEach, describe, expect, it } from 'vitest';
import { address, memoryNodes } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import type { SenderMaskStateManager } from './senderMask.ts';
import { createStateStore } from './stateStore.ts';

const A = address('aa');
const CODE = Uint8Array.of(0x60, 0x00);
let manager: SenderMaskStateManager;
beforeEach(async () => {
  await loadCrypto();
  ({ manager } = createStateStore(memoryNodes()).open(KECCAK256_RLP));
  for (const who of [A, address('bb')]) {
    await manager.putAccount(who, new Account(1n, 5n));
    await manager.putCode(who, CODE);
  }
});
const codeHash = async (who = A) => (await manager.getAccount(who))?.codeHash;

describe('SenderMaskStateManager', () => {
  it('shows a masked contract as an account without code, and nobody else', async () => {
    const real = await codeHash();
    manager.maskSender(A);
    expect(await codeHash()).toEqual(KECCAK256_NULL);
    expect(await codeHash(address('bb'))).toEqual(real);
    manager.unmaskSender();
    expect(await codeHash()).toEqual(real);
  });

  it('ends with the write that follows, which keeps the code', async () => {
    const real = await codeHash();
    manager.maskSender(A);
    const account = (await manager.getAccount(A)) as Account;
    account.nonce += 1n;
    await manager.putAccount(A, account);
    expect(await manager.getAccount(A)).toMatchObject({ nonce: 2n, codeHash: real });
    expect(await manager.getCode(A)).toEqual(CODE);
  });

  it('does not mind an account that is not there', async () => {
    manager.maskSender(address('cc'));
    expect(await manager.getAccount(address('cc'))).toBeUndefined();
  });
});
