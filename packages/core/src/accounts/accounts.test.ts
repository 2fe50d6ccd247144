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
let nowMs: number;
beforeEach(() => {
  const events = new ChainEvents();
  changes = 0;
  nowMs = 1_000_000;
  events.on('accountsChanged', () => changes++);
  accounts = new Accounts({ owned, autoImpersonate: false }, { events, now: () => nowMs });
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

describe('accounts with a passphrase', () => {
  const KEY = new Uint8Array(32).fill(7);
  const digest = () => keccak256(Uint8Array.of(1));

  it('are locked until they are unlocked, for a time', async () => {
    const imported = await accounts.importKey(KEY, 'secret');
    expect(changes).toBe(1);
    expect(accounts.list().map(String)).toContain(imported.toString());
    expect(() => accounts.sign(imported, digest())).toThrow('authentication needed: password or unlock');
    expect(() => accounts.unlock(imported, 'wrong', 10)).toThrow('could not decrypt key with given password');
    accounts.unlock(imported, 'secret', 10);
    expect(accounts.sign(imported, digest())).toHaveLength(65);
    nowMs += 10_000;
    expect(accounts.isLocked(imported)).toBe(true);
    accounts.unlock(imported, 'secret', 0);
    nowMs += 1e12;
    expect(accounts.isLocked(imported)).toBe(false);
    expect(accounts.lock(imported)).toBe(true);
    expect(accounts.isLocked(imported)).toBe(true);
  });

  it('are taken in once, and with a key that can be one', async () => {
    await accounts.importKey(KEY, '');
    await expect(accounts.importKey(KEY, '')).rejects.toThrow('account already exists');
    for (const bad of [new Uint8Array(32), new Uint8Array(31).fill(1), new Uint8Array(32).fill(255)]) {
      await expect(accounts.importKey(bad, '')).rejects.toThrow('invalid private key');
    }
  });

  it('lock dev accounts, too', () => {
    expect(accounts.lock(mine().address)).toBe(true);
    expect(() => accounts.sign(mine().address, digest())).toThrow('is locked');
    accounts.setAutoImpersonate(true);
    expect(accounts.isImpersonated(mine().address)).toBe(false);
    accounts.unlock(mine().address, '', 0);
    expect(accounts.sign(mine().address, digest())).toHaveLength(65);
  });

  it('may be named without a key, and removed', () => {
    const named = address('aa');
    expect(accounts.add(named, 'secret')).toBe(true);
    expect(accounts.add(named, 'other')).toBe(false);
    expect(accounts.isImpersonated(named)).toBe(false);
    accounts.unlock(named, 'secret', 0);
    expect(accounts.isImpersonated(named)).toBe(true);
    expect(() => accounts.remove(named, 'other')).toThrow('could not decrypt');
    expect(accounts.remove(named, 'secret')).toBe(true);
    expect(accounts.remove(named, 'secret')).toBe(false);
    expect(accounts.lock(named)).toBe(false);
    expect(() => accounts.unlock(named, 'secret', 0)).toThrow('no key of it');
  });
});
