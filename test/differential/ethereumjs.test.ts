import { type Chain, createChain, decodeBlocks } from '@minichain/core';
import { createRpc, type Rpc } from '@minichain/rpc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, play, portableSessions } from './sessions.ts';
import { Handle, type Target } from './target.ts';

// Another seed explores: MINICHAIN_SEED=7 MINICHAIN_SESSIONS=100 npx vitest run --project suites test/differential/ethereumjs.test.ts
const seed = Number(process.env['MINICHAIN_SEED'] ?? 1);
const numRuns = Number(process.env['MINICHAIN_SESSIONS'] ?? 4);
const GENESIS_TIME = 1_800_000_000n;

/** A node in this process, as what a session is played on. */
function targetOf(rpc: Rpc): Target {
  const read = async <T>(method: string, params: readonly unknown[] = []): Promise<T> =>
    (await rpc.request(method, params)) as T;
  return {
    read,
    result: read,
    ask: async (method, params = []) => ({ result: await read(method, params as unknown[]) }),
    handle: async (method, params = []) => {
      const value = await read(method, params);
      return new Handle({ anvil: value, minichain: value });
    },
  };
}

async function withChains<T>(hardfork: string, use: (ours: Chain, theirs: Chain) => Promise<T>): Promise<T> {
  const options = { hardfork, timestamp: GENESIS_TIME };
  const chains = [await createChain(options), await createChain(options)] as const;
  try {
    return await use(...chains);
  } finally {
    for (const chain of chains) await chain.close();
  }
}

/** What we build on `runTx`, the library executes on its own on import: verifying every root, gas, and bloom. */
async function compare(hardfork: string, session: readonly Command[]): Promise<void> {
  await withChains(hardfork, async (ours, theirs) => {
    const built = createRpc({ chain: ours, clientVersion: 'anvil/test' });
    const imported = createRpc({ chain: theirs, clientVersion: 'anvil/test' });
    await play(targetOf(built), session);
    const head = Number(await built.request('eth_blockNumber'));
    for (let number = 1; number <= head; number += 1) {
      const ref = [`0x${number.toString(16)}`];
      const rlp = Buffer.from(((await built.request('debug_getRawBlock', ref)) as string).slice(2), 'hex');
      for (const block of decodeBlocks(rlp, theirs.hardforks)) {
        await theirs.chain.setHead((await theirs.chain.importBlock(block)).hash);
      }
      for (const method of ['debug_getRawReceipts', 'eth_getBlockReceipts']) {
        expect(await imported.request(method, ref)).toEqual(await built.request(method, ref));
      }
      const [one, other] = [
        await built.request('eth_getBlockByNumber', ref),
        await imported.request('eth_getBlockByNumber', ref),
      ];
      expect(other).toEqual(one);
    }
  });
}

describe("random sessions on EthereumJS' own runBlock", () => {
  it.each(['cancun', 'prague', 'osaka', 'latest'])('end in equal blocks and receipts under %s', async (hardfork) => {
    const sessions = hardfork === 'cancun' ? portableSessions.map(withoutDelegations) : portableSessions;
    await fc.assert(
      fc.asyncProperty(sessions, (session) => compare(hardfork, session)),
      { seed, numRuns },
    );
  });
});

/** EIP-7702 came with Prague. */
const withoutDelegations = (session: Command[]): Command[] => session.filter(({ type }) => type !== 'delegate');
