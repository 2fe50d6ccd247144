import { type BlockHeader, createBlockHeader, type HeaderData } from '@ethereumjs/block';
import { describe, expect, it } from 'vitest';
import { openHardforks, word } from '../chain.fixture.ts';
import { verifyHeader } from './verifyHeader.ts';

async function pair(change: HeaderData, hardfork = 'latest'): Promise<[BlockHeader, BlockHeader]> {
  const common = (await openHardforks(hardfork)).commonAt(0n, 0n);
  const fields = { gasLimit: 30_000_000n, baseFeePerGas: 800n, excessBlobGas: 0n, blobGasUsed: 0n };
  const make = (data: HeaderData) => createBlockHeader(data, { common, freeze: false });
  const parent = make({ ...fields, number: 10n, timestamp: 1000n });
  const child = { ...fields, parentHash: parent.hash(), number: 11n, timestamp: 1001n, baseFeePerGas: 700n };
  return [make({ ...child, ...change }), parent];
}

describe('verifyHeader', () => {
  it('takes a header that follows from its parent', async () => {
    const [child, parent] = await pair({});
    expect(() => verifyHeader(child, parent)).not.toThrow();
  });

  it.each<[string, HeaderData]>([
    ['number is 12, expected 11', { number: 12n }],
    ["timestamp 1000 is not after its parent's 1000", { timestamp: 1000n }],
    ['gas limit 30029297 is too far', { gasLimit: 30_029_297n }],
    ['gas limit 29970703 is too far', { gasLimit: 29_970_703n }],
    ['base fee is 701, expected 700', { baseFeePerGas: 701n }],
    ['excess blob gas is 131072, expected 0', { excessBlobGas: 131_072n }],
    ['parent hash does not match', { parentHash: word(1) }],
  ])('refuses one whose %s', async (message, change) => {
    const [child, parent] = await pair(change);
    expect(() => verifyHeader(child, parent)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        fault: expect.objectContaining({ code: 'BLOCK_INVALID' }),
      }),
    );
  });

  it('takes the furthest gas limits that are allowed', async () => {
    for (const gasLimit of [30_029_295n, 29_970_705n]) {
      const [child, parent] = await pair({ gasLimit });
      expect(() => verifyHeader(child, parent)).not.toThrow();
    }
  });

  it('refuses difficulty after the merge, long extra data, and more gas than the limit', async () => {
    const [child, parent] = await pair({});
    Object.assign(child, { difficulty: 1n });
    expect(() => verifyHeader(child, parent)).toThrow('difficulty is 1, expected 0');
    const [long] = await pair({});
    Object.assign(long, { extraData: new Uint8Array(33) });
    expect(() => verifyHeader(long, parent)).toThrow('extra data has 33 bytes');
    const [full] = await pair({});
    Object.assign(full, { gasUsed: 30_000_001n });
    expect(() => verifyHeader(full, parent)).toThrow('gas used 30000001 is above the limit 30000000');
  });
});
