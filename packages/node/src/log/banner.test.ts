import { afterEach, describe, expect, it } from 'vitest';
import type { NodeOptions } from '../config/nodeOptions.ts';
import { createNode, type MinichainNode } from '../createNode.ts';
import { VERSION } from '../version.ts';
import { bannerText } from './banner.ts';

const open: MinichainNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

async function banner(options: NodeOptions): Promise<string> {
  const node = await createNode(options);
  open.push(node);
  const text = await bannerText(node);
  return node.server === undefined ? text : text.replace(String(node.server.port), '<port>');
}

const CHAIN = { timestamp: 1_700_000_000n };

describe('bannerText', () => {
  it('tells accounts, keys, wallet and chain, and last where it listens', async () => {
    expect(await banner({ chain: { ...CHAIN, accounts: { count: 2 } } })).toBe(`\
minichain ${VERSION}

Available accounts
==================
(0) 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 (10000 ETH)
(1) 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 (10000 ETH)

Private keys
============
(0) 0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80
(1) 0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d

WARNING: these keys are public. Anything sent to these accounts on a real network is lost.

Wallet
======
Mnemonic:         test test test test test test test test test test test junk
Derivation path:  m/44'/60'/0'/0/

Chain
=====
Chain ID:           31337
Hardfork:           bpo2
Base fee:           1000000000 wei
Gas limit:          30000000
Genesis timestamp:  1700000000

Listening on 127.0.0.1:<port>
`);
  });

  it('has no accounts to show when there are none', async () => {
    const text = await banner({ chain: { ...CHAIN, accounts: { count: 0 }, hardfork: 'istanbul' } });
    expect(text).toBe(`\
minichain ${VERSION}

No dev accounts.

Chain
=====
Chain ID:           31337
Hardfork:           istanbul
Base fee:           none
Gas limit:          30000000
Genesis timestamp:  1700000000

Listening on 127.0.0.1:<port>
`);
  });

  it('warns truthfully of keys that are not known to everybody', async () => {
    const mnemonic = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const text = await banner({ server: false, chain: { accounts: { mnemonic, count: 1 } } });
    expect(text).toContain(
      'WARNING: whoever can read this output or reach this node owns these accounts. Use the mnemonic for tests only.',
    );
    expect(text).not.toContain('public');
    expect(text).not.toContain('Listening');
  });

  it('shows what the accounts really have', async () => {
    const alloc = { '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266': { balance: '0xde0b6b3a7640000' } };
    const genesis = { config: { chainId: 5, terminalTotalDifficulty: 0 }, alloc };
    const text = await banner({ server: false, chain: { genesis, accounts: { count: 2 } } });
    expect(text).toContain('(0) 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 (1 ETH)');
    expect(text).toContain('(1) 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 (0 ETH)');
  });

  it('warns when others can reach the node', async () => {
    const text = await banner({ server: { host: '0.0.0.0' }, chain: CHAIN });
    expect(text.split('\n').slice(-4)).toEqual([
      'WARNING: 0.0.0.0 is not a loopback address; whoever reaches it can use the accounts.',
      '',
      'Listening on 0.0.0.0:<port>',
      '',
    ]);
    expect(await banner({ server: { host: 'localhost' }, chain: CHAIN })).not.toContain('loopback');
    expect(await banner({ server: { host: '::1' }, chain: CHAIN })).toMatch(/\n\nListening on \[::1\]:<port>\n$/);
  });
});
