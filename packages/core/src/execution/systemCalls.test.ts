import { type Address, bytesToHex, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import { afterEach, expect, it } from 'vitest';
import { decodeBlocks } from '../blocks/decodeBlocks.ts';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';

const open: Chain[] = [];
async function start(): Promise<Chain> {
  const chain = await createChain({ hardfork: 'osaka', timestamp: 1_800_000_000n, mining: { type: 'manual' } });
  open.push(chain);
  return chain;
}
afterEach(async () => {
  for (const chain of open.splice(0)) await chain.close();
});

const WITHDRAWALS = createAddressFromString('0x00000961ef480eb55e80d19ad83579a64c007002');
const CONSOLIDATIONS = createAddressFromString('0x0000bbddc7ce488642fb579f8b00f3a590007251');
const NO_REQUESTS = '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const requestsHash = (chain: Chain): string => bytesToHex(chain.chain.head.block.header.requestsHash as Uint8Array);

async function request(chain: Chain, to: Address, dataLength: number, count: number): Promise<void> {
  const from = chain.accounts.owned[0]?.address as Address;
  for (let i = 0; i < count; i += 1) {
    // The fee grows with the queue; too much is no mistake.
    await chain.control.submit({
      from,
      to,
      data: new Uint8Array(dataLength).fill(i + 1),
      value: 10n ** 15n,
      gasLimit: 300_000n,
    });
  }
}

it('leaves idle request queues alone and works through busy ones, as the library does on import', async () => {
  const [ours, theirs] = [await start(), await start()];
  const seen: boolean[] = [];
  for (let block = 0; block < 16; block += 1) {
    // More than a block takes of either: 16 withdrawals (EIP-7002), 2 consolidations (EIP-7251).
    if (block === 2) await request(ours, WITHDRAWALS, 56, 20);
    if (block === 3) await request(ours, CONSOLIDATIONS, 96, 5);
    await ours.miner.mine();
    const [imported] = decodeBlocks(ours.chain.head.block.serialize(), theirs.hardforks);
    await theirs.chain.setHead((await theirs.chain.importBlock(imported as never)).hash);
    seen.push(requestsHash(ours) !== NO_REQUESTS);
  }
  expect(seen.slice(0, 7)).toEqual([false, false, true, true, true, true, false]);
});

it('calls a queue whose code is not the one of the EIP', async () => {
  const chain = await start();
  // Returns one zero byte.
  await chain.control.setCode(WITHDRAWALS, hexToBytes('0x60015ff3'));
  await chain.miner.mine();
  expect(requestsHash(chain)).not.toBe(NO_REQUESTS);
});
