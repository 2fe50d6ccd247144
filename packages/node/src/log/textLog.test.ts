import { afterEach, describe, expect, it } from 'vitest';
import type { NodeOptions } from '../config/nodeOptions.ts';
import { createNode, type MinichainNode } from '../createNode.ts';
import { coloursFor } from './colours.ts';
import { createNodeLog } from './createNodeLog.ts';
import type { NodeLogOptions } from './nodeLog.ts';

const open: MinichainNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const LOGS = '0x00000000000000000000000000000000000000a1';
const REVERTS = '0x00000000000000000000000000000000000000a2';
const NESTED = '0x00000000000000000000000000000000000000a3';

const hex = (text: string): string => Buffer.from(text).toString('hex');
const word = (value: number): string => value.toString(16).padStart(64, '0');
const stringArgument = (text: string): string => `${word(32)}${word(text.length)}${hex(text).padEnd(64, '0')}`;

/** Code that puts bytes into memory from 0 on. */
function storing(bytes: string): string {
  const words = bytes.match(/.{1,64}/g) ?? [];
  return words
    .map((part, index) => `7f${part.padEnd(64, '0')}60${(32 * index).toString(16).padStart(2, '0')}52`)
    .join('');
}
const size = (bytes: string): string => `60${(bytes.length / 2).toString(16).padStart(2, '0')}`;
const logging = (text: string): string => {
  const call = `41304fac${stringArgument(text)}`;
  return `${storing(call)}5f5f${size(call)}5f6a636f6e736f6c652e6c6f675afa50`;
};
const reverting = (data: string): string => `${storing(data)}${size(data)}5ffd`;
const NOPE = `08c379a0${stringArgument('nope')}`;
/** STATICCALL to an address, result dropped. */
const calling = (address: string): string => `5f5f5f5f73${address.slice(2)}5afa50`;

interface Session {
  readonly node: MinichainNode;
  readonly request: (method: string, ...params: unknown[]) => Promise<unknown>;
  /** What was printed since the last look, hashes left out. */
  readonly printed: () => string;
}

async function start(log: Partial<NodeLogOptions> = {}, chain: NodeOptions['chain'] = {}): Promise<Session> {
  let text = '';
  const nodeLog = await createNodeLog({
    format: 'text',
    colours: coloursFor({ isTerminal: false, env: {} }),
    write: (part) => {
      text += part;
    },
    columns: undefined,
    showConsole: true,
    now: () => 0,
    ...log,
  });
  const { onRequestStarted, onRequest, onInternalError } = nodeLog;
  const node = await createNode({ server: false, chain, onRequestStarted, onRequest, onInternalError });
  open.push(node);
  nodeLog.attach(node);
  return {
    node,
    request: (method, ...params) => node.rpc.request(method, params).catch(() => undefined),
    printed: () => {
      nodeLog.flush();
      const shown = text.replace(/0x[0-9a-f]{64}/g, '0x<hash>');
      text = '';
      return shown;
    },
  };
}

async function withContracts(session: Session): Promise<Session> {
  await session.request('anvil_setCode', LOGS, `0x${logging('one')}${logging('two')}00`);
  await session.request('anvil_setCode', REVERTS, `0x${logging('before')}${reverting(NOPE)}`);
  await session.request('anvil_setCode', NESTED, `0x${calling(LOGS)}${calling(REVERTS)}00`);
  session.printed();
  return session;
}

describe('the text log', () => {
  it('tells a session: a deployment, a transfer, reads, a failing call, a failing transaction', async () => {
    const { node, request, printed } = await withContracts(await start());
    const from = node.accounts[0]?.address;
    // Returns the single byte of code `00`.
    await request('eth_sendTransaction', { from, data: '0x60015ff3' });
    await request('eth_getTransactionReceipt', `0x${'00'.repeat(32)}`);
    for (let i = 0; i < 12; i++) await request('eth_blockNumber');
    await request('eth_sendTransaction', { from, to: BOB, value: '0x14d1120d7b160000' });
    await request('eth_call', { to: REVERTS });
    await request('eth_sendTransaction', { from, to: REVERTS, gas: '0x186a0', data: '0x12345678' });
    await request('eth_sendTransaction', { from, to: LOGS, value: '0x7b', data: `0xa9059cbb${word(1)}${word(5)}` });
    await request('eth_getBalance', '0x12');
    await request('evm_mine');
    await request('evm_mine');
    expect(printed()).toBe(`\
eth_sendTransaction

    Transaction: 0x<hash>
    From:        0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266
    Created:     0x5FbDB2315678afecb367f032d93F642f64180aa3
    Gas used:    53274 of 53274
    Block:       #1 0x<hash>
eth_getTransactionReceipt, eth_blockNumber (12), eth_sendTransaction

    Transaction: 0x<hash>
    From:        0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266
    To:          0x70997970C51812dc3A010C7d01b50e0d17dc79C8
    Value:       1.5 ETH
    Gas used:    21000 of 21000
    Block:       #2 0x<hash>
eth_call
    console.log:
      before
eth_call
    Error: execution reverted: nope
eth_sendTransaction

    Transaction: 0x<hash>
    From:        0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266
    To:          0x00000000000000000000000000000000000000A2
    Function:    0x12345678
    Gas used:    23769 of 100000
    Block:       #3 0x<hash>
    Error:       execution reverted: nope
    console.log:
      before
eth_sendTransaction

    Transaction: 0x<hash>
    From:        0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266
    To:          0x00000000000000000000000000000000000000A1
    Function:    transfer(0x0000000000000000000000000000000000000001, 5)
    Value:       123 wei
    Gas used:    24160 of 24160
    Block:       #4 0x<hash>
    console.log:
      one
      two
eth_getBalance
    Error: params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got 1 bytes
evm_mine (2), mined empty blocks #5 to #6
`);
  });

  it('prints call trees', async () => {
    const { node, request, printed } = await withContracts(await start({}, { traceMined: true }));
    await request('eth_sendTransaction', { from: node.accounts[0]?.address, to: NESTED, value: '0x1', gas: '0x30d40' });
    expect(printed().split('Trace:\n')[1]).toBe(`\
      [8251] 0x00000000000000000000000000000000000000A3 {value: 1 wei}
      ├─ [2816] 0x00000000000000000000000000000000000000A1 [staticcall]
      │  ├─ console.log: one
      │  └─ console.log: two
      └─ [205] 0x00000000000000000000000000000000000000A2 [staticcall]
         ├─ console.log: before
         └─ ← execution reverted: nope
    console.log:
      one
      two
      before
`);
  });

  it('does not repeat a failure that comes again and again', async () => {
    const { request, printed } = await start();
    for (let i = 0; i < 5; i++) await request('eth_nonsense');
    await request('eth_chainId');
    await request('eth_nonsense');
    expect(printed()).toBe(`\
eth_nonsense
    Error: the method eth_nonsense does not exist/is not available
eth_nonsense failed again (5), eth_chainId
`);
  });

  it('says which transaction left the pool, and why', async () => {
    const { node, request, printed } = await start({}, { mining: { type: 'manual' } });
    const hash = await request('eth_sendTransaction', { from: node.accounts[0]?.address, to: BOB });
    await request('anvil_dropTransaction', hash);
    expect(printed()).toBe(`\
eth_sendTransaction, anvil_dropTransaction
    Dropped:     0x<hash> (removed: dropped on request)
`);
  });

  it('decodes common custom errors', async () => {
    const { request, printed } = await start();
    await request('anvil_setCode', REVERTS, `0x${reverting(`118cdaa7${word(0xbeef)}`)}`);
    printed();
    await request('eth_call', { to: REVERTS });
    expect(printed()).toBe(`\
eth_call
    Error: execution reverted: OwnableUnauthorizedAccount(0x000000000000000000000000000000000000bEEF)
`);
  });

  it('prints nothing but console lines while it is switched off over RPC', async () => {
    const { node, request, printed } = await withContracts(await start());
    await request('hardhat_setLoggingEnabled', false);
    printed();
    await request('eth_sendTransaction', { from: node.accounts[0]?.address, to: LOGS });
    await request('eth_nonsense');
    await request('evm_mine');
    expect(printed()).toBe('    console.log:\n      one\n      two\n');
    await request('hardhat_setLoggingEnabled', true);
    await request('eth_chainId');
    expect(printed()).toBe('eth_chainId\n');
  });

  it('leaves console lines out when told so', async () => {
    const { request, printed } = await withContracts(await start({ showConsole: false }));
    await request('eth_call', { to: LOGS });
    expect(printed()).toBe('eth_call\n');
  });

  it('obeys no control characters of a request', async () => {
    const { request, printed } = await start();
    await request('eth_\u001b[2Jcall');
    expect(printed()).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('colours failures, names and what is new on a terminal', async () => {
    const { node, request, printed } = await start({ colours: coloursFor({ isTerminal: true, env: {} }) });
    await request('eth_nonsense');
    expect(printed()).toContain('\u001b[31meth_nonsense\u001b[39m\n\u001b[31m    Error: the method');
    await request('eth_sendTransaction', { from: node.accounts[0]?.address, data: '0x00' });
    expect(printed()).toContain(
      '\u001b[2mCreated:     \u001b[22m\u001b[32m0x5FbDB2315678afecb367f032d93F642f64180aa3\u001b[39m',
    );
  });

  it('prints the stack of what was thrown by mistake, and the message of what was not mined', async () => {
    const { node, printed } = await start();
    const error = new Error('oops');
    let text = '';
    const log = await createNodeLog({
      ...{ format: 'text', colours: coloursFor({ isTerminal: false, env: {} }), columns: undefined, showConsole: true },
      write: (part) => {
        text += part;
      },
      now: () => 0,
    });
    log.onInternalError(error, 'eth_call-1');
    expect(text).toBe(`internal error (eth_call-1): ${error.stack}\n`);
    node.chain.events.emit('miningFailed', new Error('no\nroom'));
    expect(printed()).toBe('block could not be made: no\\x0aroom\n');
  });
});

describe('levels', () => {
  const errorOf = /Error: the method/;

  it('silent prints nothing, error only mistakes, warn what failed as well', async () => {
    const { node, request, printed } = await start({ level: 'silent' });
    await request('eth_nonsense');
    node.chain.events.emit('miningFailed', new Error('no room'));
    expect(printed()).toBe('');
    const wary = await start({ level: 'error' });
    await wary.request('eth_nonsense');
    wary.node.chain.events.emit('miningFailed', new Error('no room'));
    expect(wary.printed()).toBe('block could not be made: no room\n');
    const warned = await start({ level: 'warn' });
    await warned.request('eth_chainId');
    await warned.request('evm_mine');
    await warned.request('eth_nonsense');
    expect(warned.printed()).toMatch(errorOf);
    expect(warned.printed()).not.toMatch(/eth_chainId|evm_mine|Block/);
  });

  it('debug prints each request with its time and parameters', async () => {
    const { request, printed } = await start({ level: 'debug' });
    await request('eth_getBalance', BOB, 'latest');
    expect(printed()).toMatch(new RegExp(`^eth_getBalance \\d+\\.\\d ms \\["${BOB}","latest"\\]\n$`));
  });

  it('tells of slow requests at level warn', async () => {
    const { request, printed } = await start({ level: 'warn', slowRequestMs: 0.000_001 });
    await request('eth_getBalance', BOB);
    expect(printed()).toMatch(new RegExp(`^slow: eth_getBalance took \\d+ ms \\["${BOB}"\\]\n$`));
  });
});
