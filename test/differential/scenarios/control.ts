import { alice, bob, carol } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, encode, FEES, send, sign, write } from '../send.ts';
import { prepare } from '../start.ts';
import { compareTouchedState } from '../touchedState.ts';

const NOBODY = '0x00000000000000000000000000000000000e0001';
const word = (value: number | bigint) => `0x${value.toString(16).padStart(64, '0')}` as const;
const FEE_FIELDS = {
  maxFeePerGas: `0x${FEES.maxFeePerGas.toString(16)}`,
  maxPriorityFeePerGas: `0x${FEES.maxPriorityFeePerGas.toString(16)}`,
};

/** Blocks on request, and the pool in between. */
export async function manualMining(pair: Pair): Promise<void> {
  await pair.ask('evm_setAutomine', [false]);
  await pair.ask('anvil_getAutomine');
  const hashes: string[] = [];
  for (const from of [alice, bob, carol]) {
    for (const value of [1n, 2n]) hashes.push(await send(pair, from, { to: NOBODY, value }));
  }
  const gap = await sign(pair, carol, { to: NOBODY, value: 9n, nonce: 7 });
  hashes.push(await pair.result<string>('eth_sendRawTransaction', [gap]));
  for (const method of ['txpool_status', 'txpool_content', 'txpool_inspect']) await pair.ask(method);
  for (const hash of hashes) {
    await pair.ask('eth_getTransactionByHash', [hash]);
    await pair.ask('eth_getTransactionReceipt', [hash]);
    await pair.ask('eth_getRawTransactionByHash', [hash]);
  }
  for (const who of [alice.address, carol.address, NOBODY]) {
    for (const block of ['latest', 'pending']) {
      await pair.ask('eth_getTransactionCount', [who, block]);
      await pair.ask('eth_getBalance', [who, block]);
    }
  }
  await pair.ask('eth_getTransactionBySenderAndNonce', [alice.address, '0x1']);
  await pair.ask('eth_getBlockTransactionCountByNumber', ['pending']);
  await pair.ask('eth_blockNumber');
  await pair.ask('anvil_dropTransaction', [hashes[1]]);
  await pair.ask('anvil_dropTransaction', [word(5)]);
  await pair.ask('txpool_status');
  await pair.ask('evm_mine');
  await pair.ask('txpool_status');
  await pair.ask('evm_mine', ['0x6b49d300']);
  await pair.ask('evm_mine', [{ timestamp: 1_800_000_600 }]);
  await pair.ask('anvil_mine', []);
  await pair.ask('anvil_mine', ['0x5']);
  await pair.ask('hardhat_mine', ['0x3']);
  hashes.push(await send(pair, bob, { to: NOBODY, value: 5n }));
  await pair.ask('hardhat_dropTransaction', [hashes.at(-1)]);
  await pair.ask('hardhat_dropTransaction', [hashes[0]]);
  await send(pair, bob, { to: NOBODY, value: 6n });
  await pair.ask('anvil_removePoolTransactions', [bob.address]);
  await pair.ask('txpool_status');
  await pair.ask('hardhat_dropAllTransactions');
  await pair.ask('anvil_dropAllTransactions');
  await pair.ask('txpool_status');
  await send(pair, alice, { to: NOBODY, value: 3n });
  await pair.ask('evm_setAutomine', [true]);
  await pair.ask('hardhat_getAutomine');
  await send(pair, alice, { to: NOBODY, value: 4n });
  await pair.ask('anvil_setAutomine', [true]);
  await pair.ask('anvil_getIntervalMining');
  for (const method of ['evm_setIntervalMining', 'anvil_setIntervalMining']) {
    await pair.ask(method, [86_400]);
    await pair.ask('anvil_getIntervalMining');
    await pair.ask(method, [0]);
    await pair.ask('anvil_getIntervalMining');
  }
  await pair.ask('anvil_getAutomine');
  await pair.ask('evm_setAutomine', [true]);
  await pair.ask('anvil_setBlockGasLimit', ['0x1312d01']);
  await pair.ask('evm_setBlockGasLimit', ['0x1312d00']);
  await send(pair, alice, { to: NOBODY, value: 4n });
  await pair.ask('evm_mine');
}

/** A block whenever the time has come, with what waits. */
export async function intervalMining(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  const start = Number(await pair.read<string>('eth_blockNumber'));
  await pair.askBoth('anvil_setIntervalMining', [1]);
  await pair.ask('anvil_getIntervalMining');
  await pair.askBoth('evm_setAutomine', [false]);
  await pair.askBoth('anvil_setIntervalMining', [1]);
  const raw = await sign(pair, alice, { to: lab.address, data: encode('set', [5n]) });
  const { minichain } = await pair.askBoth('eth_sendRawTransaction', [raw]);
  const heads = async () => {
    const { anvil, minichain: ours } = await pair.askBoth('eth_blockNumber', []);
    return [anvil, ours].map(({ result }) => Number(result)) as [number, number];
  };
  await pair.until(async () => (await heads()).every((head) => head >= start + 2));
  await pair.askBoth('anvil_setIntervalMining', [0]);
  const [anvil, ours] = await heads();
  const behind = anvil < ours ? 'anvil' : 'minichain';
  if (anvil !== ours) await pair.nodes[behind].rpc.call('anvil_mine', [Math.abs(anvil - ours)]);
  await pair.settle('interval mining');
  await pair.ask('eth_getTransactionReceipt', [minichain.result]);
}

/** Transactions of many senders in one block, by what they pay. */
export async function blockOrder(pair: Pair): Promise<void> {
  await pair.ask('evm_setAutomine', [false]);
  const lab = '0x00000000000000000000000000000000000e0002';
  await pair.ask('anvil_setCode', [lab, '0x5f355f5560016001a000']);
  const tips = [3n, 9n, 1n];
  for (const [index, from] of [alice, bob, carol].entries()) {
    const tip = (tips[index] as bigint) * 10n ** 9n;
    const fees = { maxFeePerGas: 50n * 10n ** 9n + tip, maxPriorityFeePerGas: tip };
    for (const value of [1, 2])
      await send(pair, from, { to: lab, data: word(value * 10 + index), gas: 100_000n, ...fees });
  }
  await pair.ask('evm_mine');
  await pair.ask('eth_getLogs', [{ fromBlock: 'latest' }]);
  // What the producer earns, or what the sender would pay at most.
  for (const [from, cap, tip] of [
    [alice, 100n, 5n],
    [bob, 200n, 1n],
  ] as const) {
    await send(pair, from, {
      to: NOBODY,
      value: 1n,
      maxFeePerGas: cap * 10n ** 9n,
      maxPriorityFeePerGas: tip * 10n ** 9n,
    });
  }
  await pair.askBoth('anvil_mine', []);
  const blocks = await pair.askBoth('eth_getBlockByNumber', ['latest', true]);
  const senders = ({ result }: { result?: unknown }) => ({
    result: (result as { transactions: { from: string }[] }).transactions.map(({ from }) => from),
  });
  pair.compare('order', [], { anvil: senders(blocks.anvil), minichain: senders(blocks.minichain) });
}

/** Many blocks at once, so many seconds apart. The first one's time is the wall clock's. */
export async function blockIntervals(pair: Pair): Promise<void> {
  await pair.askBoth('anvil_removeBlockTimestampInterval', []);
  await pair.askBoth('hardhat_mine', ['0x4', '0x3c']);
  const gaps = async (side: 'anvil' | 'minichain') => {
    const { rpc } = pair.nodes[side];
    const blocks = ['0x2', '0x3', '0x4', '0x5'].map((ref) =>
      rpc.call<{ timestamp: string }>('eth_getBlockByNumber', [ref, false]),
    );
    const times = (await Promise.all(blocks)).map(({ timestamp }) => Number(timestamp));
    return { result: times.slice(1).map((time, index) => time - (times[index] as number)) };
  };
  pair.compare('hardhat_mine', ['gaps'], { anvil: await gaps('anvil'), minichain: await gaps('minichain') });
}

/** The clock. */
export async function time(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  await pair.ask('evm_setNextBlockTimestamp', ['0x6b49d280']);
  await pair.ask('evm_mine');
  await pair.ask('anvil_setNextBlockTimestamp', [1_800_000_300]);
  await write(pair, alice, lab, 'logEnvironment');
  await pair.ask('evm_setNextBlockTimestamp', ['0x1']);
  await pair.ask('evm_mine');
  await pair.ask('anvil_setBlockTimestampInterval', [60]);
  await pair.ask('evm_mine');
  await write(pair, alice, lab, 'logEnvironment');
  await pair.ask('anvil_removeBlockTimestampInterval');
  await pair.ask('anvil_removeBlockTimestampInterval');
  await pair.ask('anvil_setBlockTimestampInterval', [1]);
  await pair.ask('evm_mine');
  await pair.ask('eth_call', [{ to: lab.address, data: encode('environment') }, 'latest']);
  await pair.ask('eth_call', [{ to: lab.address, data: encode('environment') }, 'pending']);
  const { timestamp } = await pair.result<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
  await pair.ask('evm_setNextBlockTimestamp', [timestamp]);
}

/** Jumps relative to the wall clock, which the nodes read at slightly different moments. */
export async function timeJumps(pair: Pair): Promise<void> {
  await pair.askBoth('anvil_removeBlockTimestampInterval', []);
  const requests: [string, unknown[]][] = [
    ['evm_increaseTime', [1000]],
    ['anvil_increaseTime', ['0x64']],
    ['evm_setTime', [1_900_000_000]],
    ['anvil_setTime', [1_900_000_900_000]],
  ];
  for (const [method, params] of requests) {
    const { anvil, minichain } = await pair.askBoth(method, params);
    await pair.askBoth('anvil_mine', []);
    const mined = await pair.askBoth('eth_getBlockByNumber', ['latest', false]);
    const seconds = [anvil, minichain].map(({ result }) => Number(result));
    const times = [mined.anvil, mined.minichain].map(({ result }) =>
      Number((result as { timestamp: string }).timestamp),
    );
    for (const [path, [ours = Number.NaN, theirs = Number.NaN]] of Object.entries({
      'result.seconds': seconds,
      'result.timestamp': times,
    })) {
      if (!(Math.abs(ours - theirs) <= 5))
        pair.ledger.record(method, params, [{ path, expected: ours, actual: theirs }]);
    }
  }
}

/** Snapshots and what a revert brings back. */
export async function snapshots(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  const first = await pair.handle('evm_snapshot');
  await write(pair, alice, lab, 'set', [2n]);
  await send(pair, alice, { to: bob.address, value: 5n });
  const second = await pair.handle('anvil_snapshot');
  await write(pair, alice, lab, 'set', [3n]);
  const reads = async () => {
    await pair.ask('eth_blockNumber');
    await pair.ask('eth_call', [{ to: lab.address, data: encode('number') }, 'latest']);
    for (const { address } of [alice, bob]) {
      await pair.ask('eth_getBalance', [address, 'latest']);
      await pair.ask('eth_getTransactionCount', [address, 'latest']);
    }
    await pair.ask('txpool_status');
    await pair.ask('eth_getLogs', [{ fromBlock: '0x0' }]);
    await pair.ask('eth_getBlockByNumber', ['0x5', false]);
  };
  await reads();
  await pair.ask('evm_revert', [second]);
  await reads();
  await pair.ask('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00']);
  await write(pair, alice, lab, 'set', [4n]);
  await reads();
  await pair.ask('anvil_revert', [first]);
  await reads();
  await pair.ask('evm_revert', [first]);
  await pair.ask('evm_revert', ['0x7777']);
  await pair.ask('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00']);
  await write(pair, bob, lab, 'set', [5n]);
  await reads();
}

/** Blocks that leave the chain again. Their transactions wait afterwards, where Anvil forgets them. */
export async function reorganisations(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  for (const value of [2n, 3n]) await write(pair, alice, lab, 'set', [value]);
  await pair.ask('anvil_rollback', [100]);
  await pair.ask('anvil_reorg', [100, []]);
  await pair.ask('evm_setAutomine', [false]);
  await pair.ask('anvil_rollback', [1]);
  await pair.ask('eth_blockNumber');
  await pair.ask('eth_call', [{ to: lab.address, data: encode('number') }, 'latest']);
  await pair.askBoth('anvil_dropAllTransactions', []);
  await pair.askBoth('anvil_reorg', [1, []]);
  await pair.askBoth('anvil_dropAllTransactions', []);
  await pair.ask('eth_blockNumber');
  await pair.ask('eth_call', [{ to: lab.address, data: encode('number') }, 'latest']);
  await pair.ask('eth_getTransactionCount', [alice.address, 'latest']);
}

/** Answers with the word of a mapping in slot 1, at the argument at a place of the calldata. */
const mapped = (place: string) => `0x60${place}355f52600160205260405f20545f5260205ff3`;

/** Tokens for those who have none. */
export async function tokens(pair: Pair): Promise<void> {
  const argument = (who: string) => who.slice(2).padStart(64, '0');
  await pair.ask('anvil_setCode', [NOBODY, mapped('04')]);
  for (const method of ['anvil_dealERC20', 'hardhat_dealERC20', 'anvil_setERC20Balance']) {
    await pair.ask(method, [bob.address, NOBODY, '0x7b']);
    await pair.ask('eth_call', [{ to: NOBODY, data: `0x70a08231${argument(bob.address)}` }, 'latest']);
    await pair.ask(method, [bob.address, NOBODY, '0x0']);
  }
  await pair.ask('anvil_setCode', [NOBODY, mapped('24')]);
  await pair.ask('anvil_setERC20Allowance', [alice.address, bob.address, NOBODY, '0x7b']);
  const data = `0xdd62ed3e${argument(alice.address)}${argument(bob.address)}`;
  await pair.ask('eth_call', [{ to: NOBODY, data }, 'latest']);
  await pair.ask('anvil_dealERC20', [bob.address, carol.address, '0x1']);
}

/** State setters and what they do to later blocks. */
export async function stateSetters(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  const setters: [string, unknown[]][] = [
    ['anvil_setBalance', [NOBODY, '0xde0b6b3a7640000']],
    ['hardhat_setBalance', [NOBODY, '0x1bc16d674ec80000']],
    ['tenderly_setBalance', [NOBODY, '0x29a2241af62c0000']],
    ['anvil_addBalance', [NOBODY, '0x1']],
    ['hardhat_addBalance', [NOBODY, '0x1']],
    ['tenderly_addBalance', [NOBODY, '0x1']],
    ['anvil_setNonce', [NOBODY, '0x5']],
    ['hardhat_setNonce', [NOBODY, '0x6']],
    ['evm_setAccountNonce', [NOBODY, '0x7']],
    ['anvil_setCode', [NOBODY, '0x60425f5260205ff3']],
    ['hardhat_setCode', [NOBODY, '0x60435f5260205ff3']],
    ['anvil_setStorageAt', [lab.address, '0x0', word(99)]],
    ['hardhat_setStorageAt', [lab.address, word(5), word(98)]],
    ['anvil_setCoinbase', [NOBODY]],
    ['hardhat_setCoinbase', [NOBODY]],
    ['anvil_setLoggingEnabled', [true]],
    ['hardhat_setLoggingEnabled', [true]],
  ];
  for (const [method, params] of setters) {
    await pair.ask(method, params);
    for (const read of ['eth_getBalance', 'eth_getTransactionCount', 'eth_getCode']) {
      await pair.ask(read, [NOBODY, 'latest']);
    }
    await pair.ask('eth_getStorageAt', [lab.address, '0x0', 'latest']);
  }
  await pair.ask('eth_call', [{ to: NOBODY }, 'latest']);
  await pair.ask('eth_call', [{ to: lab.address, data: encode('number') }, 'latest']);
  await write(pair, alice, lab, 'push', [1n]);
  await pair.ask('evm_mine');
  await pair.ask('eth_coinbase');
  await pair.ask('anvil_setChainId', [777]);
  await pair.ask('eth_chainId');
  await pair.ask('net_version');
  await send(pair, alice, { to: bob.address, value: 1n, chainId: 777 });
}

/** Back to block 0. */
export async function reset(pair: Pair): Promise<void> {
  for (const method of ['anvil_reset', 'hardhat_reset']) {
    await send(pair, alice, { to: bob.address, value: 1n });
    await pair.ask(method);
    await pair.ask('eth_blockNumber');
    await pair.ask('eth_getBalance', [alice.address, 'latest']);
    await pair.ask('txpool_status');
    await pair.ask('eth_getBlockByNumber', ['0x0', false]);
    await prepare(pair);
  }
  await send(pair, alice, { to: bob.address, value: 1n });
  await compareTouchedState(pair);
  await pair.ask('anvil_setRpcUrl', ['http://127.0.0.1:1']);
}

/** Accounts without keys. */
export async function impersonation(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n], { value: 10n ** 18n });
  const child = await deploy(pair, alice, 'Child', [1n]);
  await pair.ask('anvil_setBalance', [NOBODY, '0xde0b6b3a7640000']);
  let value = 5n;
  const request = (from: string) => ({
    from,
    to: child.address,
    // Anvil tells two such transactions apart by what is in them alone.
    data: encode('touch', [value++], 'Child'),
    gas: '0x186a0',
    ...FEE_FIELDS,
  });
  await pair.ask('eth_sendTransaction', [request(NOBODY)]);
  await pair.ask('anvil_impersonateAccount', [NOBODY]);
  await pair.ask('eth_accounts');
  await pair.ask('eth_sendTransaction', [request(NOBODY)]);
  await pair.ask('hardhat_impersonateAccount', [lab.address]);
  await pair.ask('eth_sendTransaction', [request(lab.address)]);
  await pair.ask('hardhat_stopImpersonatingAccount', [lab.address]);
  await pair.ask('anvil_stopImpersonatingAccount', [NOBODY]);
  await pair.ask('anvil_stopImpersonatingAccount', [NOBODY]);
  await pair.ask('eth_sendTransaction', [request(NOBODY)]);
  await pair.ask('anvil_autoImpersonateAccount', [true]);
  await pair.ask('eth_sendTransaction', [request(NOBODY)]);
  await pair.ask('hardhat_autoImpersonateAccount', [false]);
  await pair.ask('eth_sendTransaction', [request(NOBODY)]);
  await pair.ask('eth_sendUnsignedTransaction', [request(NOBODY)]);
  await pair.ask('eth_getTransactionCount', [NOBODY, 'latest']);
  await compareTouchedState(pair);
}

/** Signatures with a dev account's key. */
export async function signing(pair: Pair): Promise<void> {
  const from = alice.address;
  for (const message of ['0x', '0x68656c6c6f', `0x${'ab'.repeat(100)}`]) {
    await pair.ask('eth_sign', [from, message]);
    await pair.ask('personal_sign', [message, from]);
  }
  const typed = {
    domain: { name: 'Mail', version: '1', chainId: 31337, verifyingContract: NOBODY },
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' },
        { name: 'verifyingContract', type: 'address' },
      ],
      Person: [
        { name: 'name', type: 'string' },
        { name: 'wallets', type: 'address[]' },
      ],
      Mail: [
        { name: 'from', type: 'Person' },
        { name: 'to', type: 'Person[]' },
        { name: 'contents', type: 'bytes' },
        { name: 'amount', type: 'uint96' },
        { name: 'flag', type: 'bool' },
      ],
    },
    primaryType: 'Mail',
    message: {
      from: { name: 'Alice', wallets: [from, NOBODY] },
      to: [{ name: 'Bob', wallets: [] }],
      contents: '0x1234',
      amount: '1000',
      flag: true,
    },
  };
  await pair.ask('eth_signTypedData_v4', [from, typed]);
  await pair.ask('eth_signTypedData_v4', [from, JSON.stringify(typed)]);
  await pair.ask('eth_signTypedData', [from, typed]);
  await pair.ask('eth_signTypedData_v3', [from, typed]);
  const request = { from, to: bob.address, value: '0x1', gas: '0x5208', nonce: '0x0' };
  await pair.ask('eth_signTransaction', [{ ...request, ...FEE_FIELDS }]);
  await pair.ask('eth_signTransaction', [{ ...request, gasPrice: '0x77359400' }]);
  await pair.ask('eth_fillTransaction', [{ ...request, ...FEE_FIELDS }]);
  await pair.ask('eth_fillTransaction', [{ from, to: bob.address, value: '0x1' }]);
  await pair.ask('eth_sendTransactionSync', [{ ...request, ...FEE_FIELDS }]);
}

/** Signatures that recover to whom somebody says. */
export async function signatures(pair: Pair): Promise<void> {
  await pair.ask('anvil_impersonateSignature', [`0x${'0a'.repeat(32)}${'0b'.repeat(32)}1b`, alice.address]);
}
