import { ecrecover } from '@ethereumjs/util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address } from '../chain.fixture.ts';
import { addressBytesFromPublicKey, loadCrypto } from '../crypto/crypto.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { ChainEvents } from '../events.ts';
import { Accounts } from './accounts.ts';
import { accountsFromMnemonic, DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC, type OwnedAccount } from './mnemonic.ts';

let owned: OwnedAccount[];
beforeAll(async () => {
  await loadCrypto();
  owned = accountsFromMnemonic({ mnemonic: DEFAULT_MNEMONIC, count: 2, derivationPath: DEFAULT_DERIVATION_PATH });
});

let accounts: Accounts;
let changes: number;
beforeEach(() => {
  const events = new ChainEvents();
  changes = 0;
  events.on('accountsChanged', () => changes++);
  accounts = new Accounts({ owned, autoImpersonate: false }, { events });
});
const mine = (): OwnedAccount => owned[0] as OwnedAccount;

describe('Accounts', () => {
  it('signs with its own keys, so that the signer is recovered', () => {
    const digest = keccak256(Uint8Array.of(1));
    const signature = accounts.sign(mine().address, digest);
    const [r, s, v] = [signature.subarray(0, 32), signature.subarray(32, 64), signature[64] as number];
    expect([27, 28]).toContain(v);
    expect(addressBytesFromPublicKey(ecrecover(digest, BigInt(v), r, s))).toEqual(mine().address.bytes);
  });

  it('signs for nobody else, impersonated or not', () => {
    accounts.impersonate(address('aa'));
    expect(() => accounts.sign(address('aa'), new Uint8Array(32))).toThrow(
      expect.objectContaining({ fault: { code: 'KEY_UNKNOWN', address: address('aa').toString() } }),
    );
  });

  it('lists its own first, then whom it impersonates', () => {
    accounts.impersonate(address('aa'));
    accounts.impersonate(address('aa'));
    expect(accounts.list().map(String)).toEqual([
      ...owned.map((one) => one.address.toString()),
      address('aa').toString(),
    ]);
    expect(accounts.isImpersonated(address('aa'))).toBe(true);
    expect(accounts.stopImpersonating(address('aa'))).toBe(true);
    expect(accounts.stopImpersonating(address('aa'))).toBe(false);
    expect(accounts.isImpersonated(address('aa'))).toBe(false);
    expect(changes).toBe(2);
  });

  it('never impersonates an address whose key it has', () => {
    accounts.setAutoImpersonate(true);
    accounts.impersonate(mine().address);
    expect(accounts.isImpersonated(mine().address)).toBe(false);
    expect(accounts.isImpersonated(address('bb'))).toBe(true);
    expect(accounts.list()).toHaveLength(2);
  });

  it('is after restore what it was when captured', () => {
    accounts.impersonate(address('aa'));
    const memento = accounts.capture();
    accounts.stopImpersonating(address('aa'));
    accounts.impersonate(address('bb'));
    accounts.setAutoImpersonate(true);
    accounts.restore(memento);
    expect(accounts.list().at(-1)?.toString()).toBe(address('aa').toString());
    expect(accounts.isImpersonated(address('bb'))).toBe(false);
  });
});
