import { RLP } from '@ethereumjs/rlp';
import { bytesToHex } from '@ethereumjs/util';
import { beforeAll, describe, expect, it } from 'vitest';
import { account, address, bytes, GWEI, place, signed, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { createdAddress, encodeReceipt } from './receipt.ts';

const start = useChains();
beforeAll(() => loadCrypto());

async function receiptOf(chain: Chain, hash: Uint8Array) {
  const found = await chain.chain.transaction(hash);
  return found?.block.receipts[found.index];
}

describe('createdAddress', () => {
  // The well-known examples of CREATE's address.
  it.each([
    [0n, '0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d'],
    [1n, '0x343c43a37d37dff08ae8c4a11544c718abb4fcf8'],
    [2n, '0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91'],
  ])('with nonce %d', (nonce, expected) => {
    const sender = address('6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0');
    expect(createdAddress(sender, nonce).toString()).toBe(expected);
  });
});

describe('a receipt', () => {
  it('adds gas up over the block', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    for (let i = 0; i < 3; i++) await chain.control.submit({ from: account(chain).address, to: address('aa') });
    const mined = await chain.miner.mine();
    expect(mined?.receipts.map(({ cumulativeGasUsed }) => cumulativeGasUsed)).toEqual([21_000n, 42_000n, 63_000n]);
  });

  it('says what was paid per gas: base fee and tip, never above the cap', async () => {
    const chain = await start({ baseFee: GWEI });
    const { address: from } = account(chain);
    const baseFee = chain.fees.nextBaseFee() as bigint;
    const cap = { maxFeePerGas: baseFee + 5n, maxPriorityFeePerGas: 9n };
    const capped = await chain.control.submit({ from, to: address('aa'), ...cap });
    expect((await receiptOf(chain, capped))?.effectiveGasPrice).toBe(baseFee + 5n);
    const legacy = await chain.control.submit({ from, to: address('aa'), gasPrice: 50n * GWEI });
    expect((await receiptOf(chain, legacy))?.effectiveGasPrice).toBe(50n * GWEI);
  });

  it('names the contract that was made, even where making it failed', async () => {
    const chain = await start();
    const { address: from } = account(chain);
    const made = await chain.control.submit({ from, data: bytes('0x00') });
    expect((await receiptOf(chain, made))?.contractAddress).toEqual(createdAddress(from, 0n));
    const failed = await chain.control.submit({ from, data: bytes('0xfe'), gasLimit: 100_000n });
    expect(await receiptOf(chain, failed)).toMatchObject({ status: 0, contractAddress: createdAddress(from, 1n) });
  });

  it('has the logs with a bloom that finds them', async () => {
    const chain = await start();
    // LOG1 with topic 7 over one byte.
    await place(chain, address('c0'), '0x600760015fa1');
    const hash = await chain.control.submit({ from: account(chain).address, to: address('c0') });
    const receipt = await receiptOf(chain, hash);
    expect(receipt?.logs).toEqual([{ address: address('c0').bytes, topics: [word(7)], data: Uint8Array.of(0) }]);
    expect(receipt?.logsBloom.some((byte) => byte !== 0)).toBe(true);
  });

  it('has the state’s root instead of a status before Byzantium', async () => {
    const chain = await start({ hardfork: 'spuriousDragon' });
    const hash = await chain.control.submit({ from: account(chain).address, to: address('aa'), gasPrice: GWEI });
    const receipt = await receiptOf(chain, hash);
    expect(receipt?.stateRoot).toHaveLength(32);
    expect(receipt).not.toHaveProperty('status');
  });
});

describe('encodeReceipt', () => {
  const receipt = {
    status: 1 as const,
    cumulativeGasUsed: 21_000n,
    gasUsed: 21_000n,
    effectiveGasPrice: 1n,
    logsBloom: new Uint8Array(256),
    logs: [],
  };

  it('is a list for a legacy transaction, and one behind its type for others', () => {
    const legacy = encodeReceipt({ ...receipt, type: 0 });
    const typed = encodeReceipt({ ...receipt, type: 2 });
    expect(typed).toEqual(Uint8Array.of(2, ...legacy));
    expect((RLP.decode(legacy) as Uint8Array[]).slice(0, 2).map((item) => bytesToHex(item))).toEqual([
      '0x01',
      '0x5208',
    ]);
  });

  it('has an empty string for failure', () => {
    const [first] = RLP.decode(encodeReceipt({ ...receipt, status: 0, type: 0 })) as Uint8Array[];
    expect(first).toEqual(new Uint8Array());
  });

  it('is what the header’s receipts root stands for', async () => {
    const [maker, importer] = [await start(), await start()];
    const common = maker.hardforks.commonAt(1n, 1_700_000_001n);
    const { privateKey } = account(maker);
    await maker.control.submitRaw(signed(privateKey, {}, common).serialize());
    await importer.chain.importBlock(maker.chain.head.block);
    expect(importer.chain.head.receipts).toEqual(maker.chain.head.receipts);
  });
});
