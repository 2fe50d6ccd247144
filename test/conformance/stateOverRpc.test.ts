import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithFixtures } from '../support/fixtures.ts';
import type { JsonRpc, RpcReply } from '../support/jsonRpc.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { type StateCase, stateCases } from './stateFixtures.ts';
import { casesPerFile, forks } from './subset.ts';

const GENESIS_TIME = '0';

const quantity = (hex: string): string => `0x${BigInt(hex === '0x' ? 0 : hex).toString(16)}`;
const word = (hex: string): string =>
  `0x${BigInt(hex === '0x' ? 0 : hex)
    .toString(16)
    .padStart(64, '0')}`;

/** Blob transactions need their sidecar on this way in, which the fixtures leave out; excess blob gas has no setter. */
function travelsOverRpc({ transaction, env }: StateCase): boolean {
  return !transaction.startsWith('0x03') && BigInt(env.currentExcessBlobGas) === 0n;
}

type Request = readonly [method: string, params: readonly unknown[]];

function preparation({ pre, env }: StateCase): Request[] {
  const accounts = Object.entries(pre).flatMap(([address, { balance, nonce, code, storage }]) => {
    const requests: Request[] = [];
    if (BigInt(balance) > 0n) requests.push(['hardhat_setBalance', [address, quantity(balance)]]);
    if (BigInt(nonce) > 0n) requests.push(['hardhat_setNonce', [address, quantity(nonce)]]);
    if (code !== '0x') requests.push(['hardhat_setCode', [address, code]]);
    for (const [slot, value] of Object.entries(storage)) {
      requests.push(['hardhat_setStorageAt', [address, quantity(slot), word(value)]]);
    }
    return requests;
  });
  return [
    ...accounts,
    ['hardhat_setCoinbase', [env.currentCoinbase]],
    ['evm_setNextBlockTimestamp', [quantity(env.currentTimestamp)]],
    ['evm_setBlockGasLimit', [quantity(env.currentGasLimit)]],
    ['hardhat_setNextBlockBaseFeePerGas', [quantity(env.currentBaseFee)]],
    ['hardhat_setPrevRandao', [word(env.currentRandom)]],
  ];
}

/** One batch: a node has to work through it in order. */
async function batch(rpc: JsonRpc, requests: readonly Request[]): Promise<RpcReply[]> {
  const messages = requests.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
  const { text } = await rpc.post(JSON.stringify(messages));
  const replies = JSON.parse(text) as RpcReply[];
  if (!Array.isArray(replies)) throw new Error(`the batch was answered by ${text}`);
  return replies;
}

interface Outcome {
  readonly sent: RpcReply;
  readonly head: { readonly number: string; readonly stateRoot: string };
}

/** Runs the case on a snapshot and goes back to it, so that every case starts from the same untouched genesis. */
async function run(rpc: JsonRpc, stateCase: StateCase): Promise<Outcome> {
  const setup = preparation(stateCase);
  const snapshot = await rpc.call<string>('evm_snapshot');
  const replies = await batch(rpc, [
    ...setup,
    ['eth_sendRawTransaction', [stateCase.transaction]],
    ['eth_getBlockByNumber', ['latest', false]],
  ]);
  const reverted = await rpc.call('evm_revert', [snapshot]);
  if (reverted !== true) throw new Error(`evm_revert ${snapshot}: ${JSON.stringify(reverted)}`);
  const refused = replies.slice(0, setup.length).findIndex(({ error }) => error !== undefined);
  if (refused >= 0) throw new Error(`${JSON.stringify(setup[refused])}: ${JSON.stringify(replies[refused])}`);
  const [sent, block] = replies.slice(setup.length) as [RpcReply, RpcReply];
  return { sent, head: block.result as Outcome['head'] };
}

describeWithFixtures('state tests over JSON-RPC', 'stateTests', (root) => {
  const cases = stateCases(join(root, 'state_tests'), casesPerFile.stateTestsOverRpc, travelsOverRpc);

  it('is a subset of some hundreds', () => expect(cases.length).toBeGreaterThan(300));

  describe.each(forks)('%s', (fork) => {
    let node: RunningNode;
    let genesisRoot: string;

    beforeAll(async () => {
      node = await startMinichain([
        ...['--accounts', '0', '--chain-id', '1', '--hardfork', fork.toLowerCase(), '--timestamp', GENESIS_TIME],
        ...['--no-system-contracts', '--disable-default-create2-deployer'],
      ]);
      genesisRoot = (await node.rpc.call<Outcome['head']>('eth_getBlockByNumber', ['latest', false])).stateRoot;
    });
    afterAll(() => node?.close());

    it.each(
      cases.filter((stateCase) => stateCase.fork === fork).map((stateCase) => [stateCase.name, stateCase] as const),
    )('%s', async (_, stateCase) => {
      const { sent, head } = await run(node.rpc, stateCase);
      if (stateCase.expectException === undefined) {
        expect(sent.error).toBeUndefined();
        expect(head).toMatchObject({ number: '0x1', stateRoot: stateCase.stateRoot });
      } else {
        expect({ ...head, refused: sent.error !== undefined }).toMatchObject({ number: '0x0', refused: true });
      }
    });

    it('is back at an untouched genesis', async () => {
      const head = await node.rpc.call<Outcome['head']>('eth_getBlockByNumber', ['latest', false]);
      expect(head).toMatchObject({ number: '0x0', stateRoot: genesisRoot });
    });
  });
});
