import { bytesToHex } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { openHardforks, useChains } from '../chain.fixture.ts';
import { decodeExecutedBlock, encodeExecutedBlock } from './blockCodec.ts';

const start = useChains();

it.each([false, true])('keeps a block as it is, without what is in every header: %s', async (isShort) => {
  const chain = await start();
  const { address } = chain.accounts.owned[0] as (typeof chain.accounts.owned)[number];
  await chain.control.submit({ from: address, to: address, value: 1n });
  const hardforks = await openHardforks();
  for (const number of [0n, 1n]) {
    const executed = await chain.chain.require({ number });
    const encoded = encodeExecutedBlock(executed, { isShort });
    const decoded = decodeExecutedBlock(encoded, executed.hash, hardforks);
    expect(bytesToHex(decoded.block.header.hash())).toBe(bytesToHex(executed.hash));
    expect(decoded.block.serialize()).toEqual(executed.block.serialize());
    expect(decoded.receipts).toEqual(executed.receipts);
    if (isShort && number === 1n) expect(encoded.length).toBeLessThan(480);
  }
});
