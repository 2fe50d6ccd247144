import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { compileSource } from '../support/compile.ts';
import { injectedWallet, type WalletRecord } from '../support/injectedWallet.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { exampleFolder } from '../support/runExample.ts';

const cwd = exampleFolder('wallet-page');

/** Starts the example's own server. */
async function serve(): Promise<{ url: string; child: ChildProcess }> {
  const env = { ...process.env, PORT: '0' };
  const child = spawn(process.execPath, ['serve.js'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const url = /^Open (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(`the page's server printed ${line}`);
  return { url, child };
}

const text = (page: Page, id: string) => page.locator(`#${id}`).textContent();
const shows = (page: Page, id: string, wanted: string | RegExp) =>
  page.locator(`#${id}`).filter({ hasText: wanted }).waitFor();
const asked = (page: Page) =>
  page.evaluate(() => (window as unknown as { wallet: WalletRecord }).wallet.asked.map(({ method }) => method));

describe('what the page is made of', () => {
  it('is what TipJar.sol compiles to', () => {
    const metadata = { appendCBOR: false, bytecodeHash: 'none' };
    const { TipJar } = compileSource('TipJar.sol', readFileSync(join(cwd, 'TipJar.sol'), 'utf8'), { metadata });
    expect(readFileSync(join(cwd, 'public/tipJar.js'), 'utf8')).toContain(`'${TipJar?.bytecode}'`);
  });
});

describeInChromium('the wallet page', (browser) => {
  let node: RunningNode;
  let site: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    [node, site] = await Promise.all([startMinichain(), serve()]);
  });
  afterAll(async () => {
    site.child.kill();
    await node.close();
  });

  it('adds the network, connects, sends, and tells why a call fails', async () => {
    // The wallet comes with another chain, and has to be told of this one.
    const { page, complaints } = await browser.open(injectedWallet({ chains: { '0x1': 'http://127.0.0.1:1' } }));
    await page.goto(`${site.url}/?rpc=${node.url}`);
    await page.getByRole('button', { name: 'Bridge Wallet' }).click();
    await shows(page, 'chain', '1 (another network)');
    expect(await page.locator('#deploy').isDisabled()).toBe(true);

    await page.locator('#network').click();
    await shows(page, 'chain', '31337 (minichain)');
    expect((await asked(page)).filter((method) => method.startsWith('wallet_'))).toEqual([
      'wallet_switchEthereumChain',
      'wallet_addEthereumChain',
      'wallet_switchEthereumChain',
    ]);

    await page.locator('#connect').click();
    await shows(page, 'account', '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266');
    await shows(page, 'balance', '10000 ETH');

    await page.locator('#transfer button').click();
    await shows(page, 'transferred', /^transfer: 0x[0-9a-f]{64}\s+success in block 1, 21000 gas used$/);
    expect(await text(page, 'balance')).toMatch(/^9998\.4999\d+ ETH$/);
    expect(await node.rpc.call('eth_getBalance', ['0x70997970c51812dc3a010c7d01b50e0d17dc79c8', 'latest'])).toBe(
      `0x${(100015n * 10n ** 17n).toString(16)}`,
    );

    await page.locator('#deploy').click();
    await shows(page, 'called', /success in block 2, \d+ gas used\s+the tip jar is at 0x[0-9a-f]{40}/);
    await page.locator('#tip').click();
    await shows(page, 'called', 'the jar holds 0.25 ETH');
    await page.locator('#take').click();
    await shows(page, 'problem', 'reverted: the jar holds less than that');
    expect(complaints).toEqual([]);
  });

  it('finds a wallet that does not announce itself', async () => {
    const script = injectedWallet({ chains: { '0x7a69': node.url }, announces: false });
    const { page, complaints } = await browser.open(script);
    await page.goto(`${site.url}/?rpc=${node.url}`);
    await page.getByRole('button', { name: 'window.ethereum' }).click();
    await shows(page, 'chain', '31337 (minichain)');
    expect(complaints).toEqual([]);
  });

  it('points a wallet at 127.0.0.1:8545 unless told otherwise, and says why one declines', async () => {
    const declines = `window.ethereum = {
      asked: [],
      request: async ({ method, params }) => {
        window.ethereum.asked.push({ method, params });
        if (method === 'eth_chainId') return '0x1';
        if (method === 'eth_accounts') return [];
        if (method === 'wallet_addEthereumChain') throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
        throw Object.assign(new Error('Unrecognized chain'), { code: 4902 });
      },
    };`;
    const { page } = await browser.open(declines);
    await page.goto(site.url);
    await page.getByRole('button', { name: 'window.ethereum' }).click();
    await page.locator('#network').click();
    await shows(page, 'problem', 'declined in the wallet');
    const requests = (await page.evaluate('window.ethereum.asked')) as WalletRecord['asked'];
    expect(requests.find(({ method }) => method === 'wallet_addEthereumChain')?.params).toEqual([
      {
        chainId: '0x7a69',
        chainName: 'minichain',
        nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
        rpcUrls: ['http://127.0.0.1:8545'],
      },
    ]);
  });

  it('is kept out by a node without CORS, or with another origin allowed', async () => {
    for (const flags of [['--no-cors'], ['--allow-origin', 'http://elsewhere.example']]) {
      const closed = await startMinichain(flags);
      const { page } = await browser.open(injectedWallet({ chains: { '0x1': 'http://127.0.0.1:1' } }));
      await page.goto(`${site.url}/?rpc=${closed.url}`);
      await page.getByRole('button', { name: 'Bridge Wallet' }).click();
      await page.locator('#network').click();
      await shows(page, 'problem', 'Failed to fetch');
      await closed.close();
    }
  });

  it('is let in by a node that allows its origin', async () => {
    const picky = await startMinichain(['--allow-origin', `http://elsewhere.example,${site.url}`]);
    const { page } = await browser.open(injectedWallet({ chains: { '0x7a69': picky.url } }));
    await page.goto(`${site.url}/?rpc=${picky.url}`);
    await page.getByRole('button', { name: 'Bridge Wallet' }).click();
    await page.locator('#connect').click();
    await shows(page, 'balance', '10000 ETH');
    await picky.close();
  });

  it('says that there is no wallet', async () => {
    const { page } = await browser.open();
    await page.goto(site.url);
    await shows(page, 'wallets', 'No wallet found yet');
  });

  it('is served without a way out of its folder', async () => {
    for (const path of ['/../serve.js', '/%2e%2e/serve.js', '/..%2fserve.js', '/nothing.js']) {
      expect((await fetch(site.url + path)).status, path).toBe(404);
    }
  });
});
