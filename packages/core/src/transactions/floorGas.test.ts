import { createTx } from '@ethereumjs/tx';
import { expect, it } from 'vitest';
import { account, address, bytes, openHardforks, useChains } from '../chain.fixture.ts';
import { floorGasOf } from './floorGas.ts';

const start = useChains();

it.each([
  ['0x', 21_000n],
  ['0x00', 21_010n],
  ['0x01', 21_040n],
  ['0x0001ff', 21_090n],
])('counts a zero byte once and any other four times: %s', async (data, expected) => {
  const floor = async (hardfork: string) => {
    const common = (await openHardforks(hardfork)).commonAt(0n, 0n);
    return floorGasOf(createTx({ type: 2, data: bytes(data), to: address('aa') }, { common }), common);
  };
  expect(await floor('prague')).toBe(expected);
  expect(await floor('cancun')).toBe(0n);
});

it('is what a transaction that does nothing but carry data pays', async () => {
  const chain = await start({ hardfork: 'prague' });
  const data = new Uint8Array(1000).fill(1);
  const hash = await chain.control.submit({ from: account(chain).address, to: address('aa'), data });
  const place = await chain.chain.transaction(hash);
  expect(place?.block.receipts[0]?.gasUsed).toBe(21_000n + 1000n * 40n);
});
