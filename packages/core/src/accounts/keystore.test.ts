import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex } from '@ethereumjs/util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { address, faultOf, useChains } from '../chain.fixture.ts';
import { closeKeystore, openKeystore } from './keystore.ts';

const start = useChains();
const SECRET = '7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
/** An example of the Web3 Secret Storage definition. */
const PBKDF2 = {
  version: 3,
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
};
/** Of a terabyte. */
const GREEDY = { dklen: 32, n: 2 ** 30, r: 8, p: 1, salt: 'ab' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-keystore-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('openKeystore', () => {
  it('opens the example of the definition', async () => {
    expect(Buffer.from(await openKeystore(PBKDF2, 'testpassword')).toString('hex')).toBe(SECRET);
    expect(await faultOf(openKeystore(PBKDF2, 'another'))).toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });

  it.each([
    ['expected version 3, got 1', { ...PBKDF2, version: 1 }],
    ['"crypto" is missing', { version: 3 }],
    ['unknown kdf "argon2"', { ...PBKDF2, crypto: { ...PBKDF2.crypto, kdf: 'argon2' } }],
    ['unknown cipher "des"', { ...PBKDF2, crypto: { ...PBKDF2.crypto, cipher: 'des' } }],
    ['memory', { ...PBKDF2, crypto: { ...PBKDF2.crypto, kdf: 'scrypt', kdfparams: GREEDY } }],
    ['expected version 3', null],
  ])('refuses: %s', async (detail, file) => {
    const fault = await faultOf(openKeystore(file, 'testpassword'));
    expect(fault).toMatchObject({ code: 'KEYSTORE_INVALID', detail: expect.stringContaining(detail) });
  });

  it('opens what closeKeystore closed', async () => {
    const privateKey = new Uint8Array(32).fill(7);
    const closed = await closeKeystore({ address: address('aa').bytes, privateKey }, 'pass', (n) => new Uint8Array(n));
    expect(await openKeystore(JSON.parse(JSON.stringify(closed)), 'pass')).toEqual(privateKey);
  });
});

describe('a chain with a keystore', () => {
  it('keeps what is made and imported, and has it open after a restart', async () => {
    const first = await start({ keystore: { path: folder } });
    const made = await first.accounts.importKey(new Uint8Array(32).fill(9), 'secret');
    expect(first.accounts.isLocked(made)).toBe(true);
    const [name = ''] = readdirSync(folder);
    expect(name).toMatch(new RegExp(`^UTC--.*--${made.toString().slice(2)}$`));
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('09'.repeat(32));
    const again = await start({ keystore: { path: folder, passphrases: ['other', 'secret'] } });
    expect(again.accounts.list().map(String)).toContain(made.toString());
    await again.control.setBalance(made, 10n ** 18n);
    await again.control.submit({ from: made, to: address('aa'), value: 1n });
    expect(bytesToHex(again.chain.head.senders[0]?.bytes as Uint8Array)).toBe(made.toString());
  });

  it('does not start with a key that no password opens, nor with a file that is none', async () => {
    const first = await start({ keystore: { path: folder } });
    const made = await first.accounts.importKey(new Uint8Array(32).fill(9), 'secret');
    const wrong = start({ keystore: { path: folder, passphrases: ['other'] } });
    expect(await faultOf(wrong)).toEqual({ code: 'PASSPHRASE_WRONG', address: made.toString() });
    writeFileSync(join(folder, 'a.json'), '{}');
    expect(await faultOf(start({ keystore: { path: folder, passphrases: ['secret'] } }))).toMatchObject({
      code: 'KEYSTORE_INVALID',
      detail: expect.stringMatching(/a\.json: expected version 3/),
    });
  });
});
