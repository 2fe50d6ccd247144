import { join } from 'node:path';
import { type Block, createBlockFromRLP } from '@ethereumjs/block';
import { RLP } from '@ethereumjs/rlp';
import {
  bytesToBigInt,
  bytesToHex,
  createAddressFromString,
  hexToBytes,
  type PrefixedHexString,
} from '@ethereumjs/util';
import { type Chain, createChain } from '@minichain/core';
import { expect, it } from 'vitest';
import { describeWithFixtures } from '../support/fixtures.ts';
import { type BlockchainCase, blockchainCases, type FixtureBlock } from './blockchainFixtures.ts';
import { casesOn, casesPerFile, compiling, engines } from './subset.ts';

const NUMBER_FIELD = 8;
const TIMESTAMP_FIELD = 11;

/** A block under the rules of its own height and time. */
function decodeBlock(chain: Chain, rlp: string): Block {
  const raw = hexToBytes(rlp as PrefixedHexString);
  const [header] = RLP.decode(raw) as unknown as [Uint8Array[]];
  const number = bytesToBigInt(header[NUMBER_FIELD] as Uint8Array);
  const timestamp = bytesToBigInt(header[TIMESTAMP_FIELD] as Uint8Array);
  return createBlockFromRLP(raw, { common: chain.hardforks.commonAt(number, timestamp) });
}

async function importOne(chain: Chain, { rlp, expectException }: FixtureBlock): Promise<void> {
  const head = bytesToHex(chain.chain.head.hash);
  if (expectException === undefined) {
    await chain.chain.importBlock(decodeBlock(chain, rlp));
    return;
  }
  const outcome = await (async () => chain.chain.importBlock(decodeBlock(chain, rlp)))().then(
    () => 'imported',
    () => 'refused',
  );
  expect(outcome, expectException).toBe('refused');
  expect(bytesToHex(chain.chain.head.hash)).toBe(head);
}

async function checkPostState(chain: Chain, postState: NonNullable<BlockchainCase['postState']>): Promise<void> {
  const state = chain.state.of(chain.chain.head);
  for (const [hex, { balance, nonce, code }] of Object.entries(postState)) {
    const address = createAddressFromString(hex);
    const account = await state.account(address);
    const actual = { balance: account.balance, nonce: account.nonce, code: bytesToHex(await state.code(address)) };
    expect({ [hex]: actual }).toEqual({ [hex]: { balance: BigInt(balance), nonce: BigInt(nonce), code } });
  }
}

describeWithFixtures('blockchain tests in process', 'blockchainTests', (root) => {
  const cases = blockchainCases(join(root, 'blockchain_tests'), casesPerFile.blockchainTests);

  it('is a subset of some hundreds', () => expect(cases.length).toBeGreaterThan(300));

  it.each(engines.flatMap((engine) => casesOn(engine, cases).map((one) => [one.name, engine, one] as const)))(
    '%s on %s',
    async (_, engine, { genesis, genesisHash, ...rest }) => {
      const chain = await createChain({ genesis, engine, compiling, mining: { type: 'manual' } });
      try {
        expect(bytesToHex(chain.chain.genesis.hash)).toBe(genesisHash);
        for (const block of rest.blocks) await importOne(chain, block);
        expect(bytesToHex(chain.chain.head.hash)).toBe(rest.lastBlockHash);
        if (rest.postState !== undefined) await checkPostState(chain, rest.postState);
      } finally {
        await chain.close();
      }
    },
  );
});
