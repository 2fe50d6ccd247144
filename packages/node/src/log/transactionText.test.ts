import type { MinedTransaction } from '@minichain/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createNode, type MinichainNode } from '../createNode.ts';
import { coloursFor } from './colours.ts';
import { transactionFacts } from './transactionFacts.ts';
import { transactionText } from './transactionText.ts';

const open: MinichainNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

/** Sends one transaction and takes what the chain tells about it. */
async function mined(transaction: Record<string, unknown>): Promise<MinedTransaction> {
  const node = await createNode({ server: false });
  open.push(node);
  const heard: MinedTransaction[] = [];
  node.chain.events.on('transactionMined', (event) => heard.push(event));
  const params = [{ from: node.accounts[0]?.address, gas: '0x186a0', ...transaction }];
  await node.provider.request({ method: 'eth_sendTransaction', params });
  return heard[0] as MinedTransaction;
}

const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const hash = expect.stringMatching(/^0x[0-9a-f]{64}$/);

describe('transactionFacts', () => {
  it('has the facts of a transfer', async () => {
    expect(transactionFacts(await mined({ to: BOB, value: '0x5' }))).toEqual({
      ...{ hash, from: '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266', to: BOB, created: null, call: null },
      ...{ valueWei: '5', gasUsed: '21000', gasLimit: '100000', blockNumber: '1', blockHash: hash },
      ...{ error: null, console: [] },
    });
  });

  it('has the function that is called, known or not', async () => {
    expect(transactionFacts(await mined({ to: BOB, data: '0xd0e30db0' }))).toMatchObject({ call: 'deposit()' });
    expect(transactionFacts(await mined({ to: BOB, data: '0x12345678' }))).toMatchObject({ call: '0x12345678' });
    expect(transactionFacts(await mined({ to: BOB, data: '0x12' }))).toMatchObject({ call: null });
  });

  it('has the contract that is created, and the error when none is', async () => {
    expect(transactionFacts(await mined({ data: '0x60015ff3' }))).toMatchObject({
      ...{ to: null, created: '0x5fbdb2315678afecb367f032d93f642f64180aa3', call: null, error: null },
    });
    expect(transactionFacts(await mined({ data: '0xfe' }))).toMatchObject({
      ...{ to: null, created: null, error: 'EVM error InvalidFEOpcode: invalid opcode' },
    });
  });
});

describe('transactionText', () => {
  const colours = coloursFor({ isTerminal: false, env: {} });

  it('says that a contract was meant when none was created', async () => {
    const lines = transactionText(await mined({ data: '0xfe' }), colours).split('\n');
    expect(lines).toContain('    To:          a new contract');
    expect(lines).toContain('    Error:       EVM error InvalidFEOpcode: invalid opcode');
  });

  it('begins with an empty line and ends each line', async () => {
    expect(transactionText(await mined({ to: BOB }), colours)).toMatch(/^\n( {4}[A-Z].+\n){5}$/);
  });
});
