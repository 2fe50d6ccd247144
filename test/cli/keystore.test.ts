import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decryptKeystoreJson, encryptKeystoreJson, Wallet } from 'ethers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minichain } from '../support/commandLine.ts';
import { startMinichain } from '../support/nodeProcess.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-keystore-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('signs with keys that ethers closed, and keeps keys that ethers opens', async () => {
  const [keys, passwords] = [join(folder, 'keys'), join(folder, 'passwords')];
  writeFileSync(passwords, 'not this one\nsecret\n');
  const wallet = new Wallet(`0x${'17'.repeat(32)}`);
  const closed = await encryptKeystoreJson(wallet, 'secret', { scrypt: { N: 4096, r: 8, p: 1 } });
  rmSync(keys, { recursive: true, force: true });
  const node = await startMinichain(['--keystore', keys, '--password', passwords]);
  try {
    expect(await node.rpc.call('personal_newAccount', ['secret'])).toMatch(/^0x[0-9a-f]{40}$/);
    const [name = ''] = readdirSync(keys);
    const kept = await decryptKeystoreJson(readFileSync(join(keys, name), 'utf8'), 'secret');
    expect(await node.rpc.call('eth_accounts')).toContain(kept.address.toLowerCase());
  } finally {
    await node.close();
  }
  writeFileSync(join(keys, 'from-ethers.json'), closed);
  const again = await startMinichain(['--keystore', keys, '--password', passwords]);
  try {
    const accounts = await again.rpc.call<string[]>('eth_accounts');
    expect(accounts).toHaveLength(12);
    const signature = await again.rpc.call('personal_sign', ['0x6869', wallet.address]);
    expect(signature).toBe(await wallet.signMessage('hi'));
  } finally {
    await again.close();
  }
  const wrong = await minichain(['node', '--port', '0', '--keystore', keys]);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/could not decrypt key with given password: account 0x/);
});
