import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithFixtures } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { loadResultSchemas, type ResultSchemas } from '../support/schema.ts';

const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const OTHER_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
const CHAIN_ID = 31337;
/** Stores its call value in slot 0, logs one topic and 32 bytes, and returns the word. */
const RUNTIME = '0x34600055600160005260aa60206000a160206000f3';
const DEPLOYER = `0x6015600c60003960156000f3${RUNTIME.slice(2)}`;
/** Reverts with a string: `Error("no")`. */
const REVERTER = '0x6308c379a060e01b600052602060045260026024526d6e6f0000000000000000000000000060901b60445260646000fd';
const BLOB = `0x${'00'.repeat(131072)}`;

interface Facts {
  readonly contract: string;
  /** One of each type 0–4, by type. */
  readonly hashes: readonly string[];
  readonly deployment: string;
  readonly block: { readonly hash: string; readonly number: string };
  readonly genesisHash: string;
  readonly waiting: string;
  readonly filters: { readonly logs: string; readonly blocks: string; readonly transactions: string };
}

type Parameters = readonly unknown[];

async function mined(node: RunningNode, transaction: Record<string, unknown>): Promise<string> {
  return node.rpc.call<string>('eth_sendTransaction', [{ from: SENDER, ...transaction }]);
}

async function prepare(node: RunningNode): Promise<Facts> {
  const { rpc } = node;
  const filter = (method: string, params: Parameters = []) => rpc.call<string>(method, params);
  const filters = {
    logs: await filter('eth_newFilter', [{ fromBlock: '0x0' }]),
    blocks: await filter('eth_newBlockFilter'),
    transactions: await filter('eth_newPendingTransactionFilter'),
  };
  const deployment = await mined(node, { data: DEPLOYER });
  const receipt = await rpc.call<{ contractAddress: string }>('eth_getTransactionReceipt', [deployment]);
  const contract = receipt.contractAddress;
  const accessList = [{ address: contract, storageKeys: [`0x${'00'.repeat(32)}`] }];
  const gasPrice = '0x77359400';
  const authorization = await privateKeyToAccount(OTHER_KEY).signAuthorization({
    contractAddress: contract as `0x${string}`,
    chainId: CHAIN_ID,
    nonce: 0,
  });
  const authorizationList = [
    {
      chainId: `0x${CHAIN_ID.toString(16)}`,
      address: contract,
      nonce: '0x0',
      yParity: `0x${authorization.yParity}`,
      r: authorization.r,
      s: authorization.s,
    },
  ];
  const hashes = [
    await mined(node, { to: contract, value: '0x1', gasPrice }),
    await mined(node, { to: contract, value: '0x2', gasPrice, accessList }),
    await mined(node, { to: contract, value: '0x3', maxFeePerGas: '0xee6b2800', maxPriorityFeePerGas: '0x1' }),
    await mined(node, { to: contract, value: '0x4', blobs: [BLOB] }),
    await mined(node, { to: OTHER, value: '0x5', authorizationList }),
  ];
  const block = await rpc.call<Facts['block']>('eth_getBlockByNumber', ['latest', false]);
  const genesis = await rpc.call<{ hash: string }>('eth_getBlockByNumber', ['0x0', false]);
  await rpc.call('evm_setAutomine', [false]);
  const waiting = await mined(node, { to: contract, value: '0x6' });
  await rpc.call('eth_sendTransaction', [{ from: SENDER, to: contract, nonce: '0x64' }]);
  return { contract, hashes, deployment, block, genesisHash: genesis.hash, waiting, filters };
}

/** Parameter sets of each method; a method of the document that is missing here fails the suite. */
function requests(facts: Facts): Readonly<Record<string, readonly Parameters[]>> {
  const { contract, hashes, deployment, block, genesisHash, waiting, filters } = facts;
  const blocks = ['earliest', 'latest', 'pending', 'safe', 'finalized', '0x1', block.number];
  const mineable = ['latest', '0x1', block.number];
  const everyHash = [...hashes, deployment];
  const unknown = `0x${'12'.repeat(32)}`;
  const call = { from: SENDER, to: contract, value: '0x7' };
  const slot = '0x0';
  const each = <T>(values: readonly T[], params: (value: T) => Parameters) => values.map(params);
  const attributes = {
    timestamp: '0xffffffff',
    prevRandao: unknown,
    suggestedFeeRecipient: OTHER,
    withdrawals: [],
    parentBeaconBlockRoot: unknown,
  };
  const unsigned = { from: SENDER, to: contract, nonce: '0x7', gas: '0x186a0' };
  const simulated = [
    { calls: [call, { from: SENDER, data: REVERTER }] },
    { blockOverrides: { baseFeePerGas: '0x9' }, stateOverrides: { [OTHER]: { balance: '0x1' } }, calls: [] },
  ];
  return {
    debug_getBadBlocks: [[]],
    debug_getRawBlock: each(mineable, (at) => [at]),
    debug_getRawBlockAccessList: [],
    debug_getRawHeader: each(mineable, (at) => [at]),
    debug_getRawReceipts: each(mineable, (at) => [at]),
    debug_getRawTransaction: each(everyHash, (of) => [of]),
    debug_traceBlockByHash: [
      [block.hash],
      [block.hash, { enableMemory: true }],
      [block.hash, { tracer: 'callTracer' }],
    ],
    debug_traceBlockByNumber: each(mineable, (at) => [at]),
    debug_traceTransaction: [
      ...each(everyHash, (of) => [of]),
      [deployment, { enableMemory: true, enableReturnData: true }],
      [deployment, { disableStack: true, disableStorage: true }],
      [deployment, { tracer: 'callTracer', tracerConfig: { withLog: true } }],
      [deployment, { tracer: 'prestateTracer', tracerConfig: { diffMode: true } }],
    ],
    eth_accounts: [[]],
    eth_baseFee: [[]],
    eth_blobBaseFee: [[]],
    eth_blockNumber: [[]],
    eth_call: [[call], [call, 'latest'], [{ to: contract }, block.number], [{ ...call, maxFeePerGas: '0xee6b2800' }]],
    eth_capabilities: [[]],
    eth_chainId: [[]],
    eth_coinbase: [[]],
    eth_config: [[]],
    eth_createAccessList: [[call], [call, 'latest'], [{ from: SENDER, data: REVERTER }]],
    eth_estimateGas: [[call], [{ from: SENDER, to: OTHER }], [{ from: SENDER, data: DEPLOYER }, 'latest']],
    eth_feeHistory: [
      ['0x3', 'latest', []],
      ['0x4', block.number, [0, 25, 50.5, 100]],
      ['0x1', 'pending', [50]],
    ],
    eth_fillTransaction: [[{ from: SENDER, to: contract }], [{ from: SENDER, data: DEPLOYER, gasPrice: '0x77359400' }]],
    eth_gasPrice: [[]],
    eth_getBalance: [[SENDER], ...each(blocks, (at) => [SENDER, at]), [unknown.slice(0, 42), block.hash]],
    eth_getBlockAccessList: each(mineable, (at) => [at]),
    eth_getBlockByHash: [...each([true, false], (full) => [block.hash, full]), [genesisHash, true], [unknown, false]],
    eth_getBlockByNumber: [...each(blocks, (at) => [at, true]), ...each(blocks, (at) => [at, false]), ['0xffff', true]],
    eth_getBlockReceipts: [...each(blocks, (at) => [at]), [block.hash], ['0xffff']],
    eth_getBlockTransactionCountByHash: each([block.hash, unknown], (of) => [of]),
    eth_getBlockTransactionCountByNumber: [...each(blocks, (at) => [at]), ['0xffff']],
    eth_getCode: [[contract], [SENDER, 'latest'], [OTHER, block.number]],
    eth_getFilterChanges: each(Object.values(filters), (id) => [id]),
    eth_getFilterLogs: [[filters.logs]],
    eth_getLogs: [
      [{}],
      [{ fromBlock: '0x0', toBlock: 'latest' }],
      [{ blockHash: block.hash }],
      [{ fromBlock: 'earliest', address: contract, topics: [[`0x${'aa'.padStart(64, '0')}`, unknown]] }],
    ],
    eth_getProof: [
      [contract, [slot], 'latest'],
      [contract, [], 'latest'],
      [SENDER, ['0x1', unknown], block.number],
      [OTHER, [slot], 'earliest'],
    ],
    eth_getStorageAt: [
      [contract, slot],
      [contract, unknown, 'latest'],
      [SENDER, slot, '0x0'],
    ],
    eth_getStorageValues: [[{ [contract]: [slot, unknown] }, 'latest'], [{ [contract]: [slot], [SENDER]: ['0x5'] }]],
    eth_getTransactionByBlockHashAndIndex: [
      [block.hash, '0x0'],
      [block.hash, '0x9'],
      [unknown, '0x0'],
    ],
    eth_getTransactionByBlockNumberAndIndex: each(['0x1', '0x2', '0x3', '0x4', '0x5', '0x6', '0xffff'], (at) => [
      at,
      '0x0',
    ]),
    // A waiting transaction has no block: clients need the nulls that the document does not allow for here.
    eth_getTransactionByHash: each([...everyHash, unknown], (of) => [of]),
    eth_getTransactionCount: [[SENDER], ...each(blocks, (at) => [SENDER, at])],
    eth_getTransactionReceipt: each([...everyHash, waiting, unknown], (of) => [of]),
    eth_maxPriorityFeePerGas: [[]],
    eth_newBlockFilter: [[]],
    eth_newFilter: [[{}], [{ fromBlock: 'latest', address: [contract], topics: [null] }]],
    eth_newPendingTransactionFilter: [[]],
    eth_sendRawTransaction: [],
    eth_sendTransaction: [[{ from: SENDER, to: contract, value: '0x8' }]],
    eth_sign: [[SENDER, '0xdeadbeef']],
    eth_signTransaction: [
      [{ ...unsigned, gasPrice: '0x77359400' }],
      [{ ...unsigned, maxFeePerGas: '0xee6b2800', maxPriorityFeePerGas: '0x1' }],
      [{ ...unsigned, gasPrice: '0x77359400', accessList: [] }],
    ],
    eth_simulateV1: [
      [{ blockStateCalls: simulated }, 'latest'],
      [{ blockStateCalls: simulated, traceTransfers: true, returnFullTransactions: true }],
      [{ blockStateCalls: [{ calls: [] }], validation: true }, 'pending'],
    ],
    eth_syncing: [[]],
    eth_uninstallFilter: [[filters.blocks], [filters.blocks]],
    net_version: [[]],
    testing_buildBlockV1: [
      [block.hash, attributes, [], '0x'],
      [block.hash, attributes, null, '0x1234'],
      [genesisHash, attributes, []],
    ],
    txpool_content: [[]],
    txpool_contentFrom: [[SENDER], [OTHER]],
    txpool_status: [[]],
  };
}

/** Served by asking for one thing and sending another: what they answer is checked by hand. */
async function sendRaw(node: RunningNode): Promise<unknown> {
  const { raw } = await node.rpc.call<{ raw: string }>('eth_signTransaction', [
    { from: OTHER, to: SENDER, nonce: '0x1', gas: '0x5208', gasPrice: '0x77359400' },
  ]);
  return node.rpc.call('eth_sendRawTransaction', [raw]);
}

describeWithFixtures('OpenRPC schemas on our own chain', 'openrpc', (folder) => {
  let node: RunningNode;
  let schemas: ResultSchemas;
  let facts: Facts;

  beforeAll(async () => {
    schemas = loadResultSchemas(folder);
    node = await startMinichain();
    facts = await prepare(node);
  });
  afterAll(() => node?.close());

  const { methods } = loadResultSchemas(folder);
  const served = methods.filter((method) => !method.startsWith('engine_'));

  it('covers every method of the document but the Engine API', () => {
    expect(Object.keys(requests(facts)).sort()).toEqual([...served].sort());
  });

  it('mined one transaction of each type', async () => {
    const found = facts.hashes.map((hash) =>
      node.rpc.call<{ type: string; status: string }>('eth_getTransactionReceipt', [hash]),
    );
    expect((await Promise.all(found)).map(({ type, status }) => [type, status])).toEqual(
      ['0x0', '0x1', '0x2', '0x3', '0x4'].map((type) => [type, '0x1']),
    );
  });

  it.each(served)('%s', async (method) => {
    const problems: string[] = [];
    for (const params of requests(facts)[method] ?? []) {
      const reply = await node.rpc.send(method, params);
      if (reply.error !== undefined) problems.push(`${JSON.stringify(params).slice(0, 200)}: ${reply.error.message}`);
      else problems.push(...(schemas.problems(method, reply.result) ?? []));
    }
    expect(problems.join('\n')).toBe('');
  });

  it('eth_sendRawTransaction answers with a hash', async () => {
    expect(schemas.problems('eth_sendRawTransaction', await sendRaw(node))).toEqual([]);
  });
});
