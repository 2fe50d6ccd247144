import { keccak256 } from 'viem';
import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, send, write } from '../send.ts';

const UNKNOWN = `0x${'12'.repeat(32)}`;
const REFS = ['latest', 'earliest', 'safe', 'finalized', '0x0', '0x1', '0x3', '0xffff'];

/** What a node says of itself. */
export async function nodeQuestions(pair: Pair): Promise<void> {
  const methods = ['web3_clientVersion', 'net_version', 'net_listening', 'eth_protocolVersion', 'eth_chainId'];
  methods.push('eth_syncing', 'eth_hashrate', 'eth_coinbase', 'eth_accounts', 'eth_requestAccounts', 'eth_blockNumber');
  methods.push('eth_gasPrice', 'eth_maxPriorityFeePerGas', 'eth_blobBaseFee', 'eth_config', 'eth_mining');
  methods.push('net_peerCount', 'rpc_modules', 'txpool_status', 'txpool_content', 'txpool_inspect');
  methods.push('anvil_nodeInfo', 'anvil_metadata', 'hardhat_metadata', 'anvil_getAutomine', 'hardhat_getAutomine');
  methods.push('anvil_getIntervalMining', 'anvil_getGenesisTime', 'eth_networkId');
  for (const method of methods) await pair.ask(method);
  for (const data of ['0x', '0x00', '0x68656c6c6f']) await pair.ask('web3_sha3', [data]);
}

/** Blocks by every name they have. */
export async function blocks(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  await send(pair, bob, { to: alice.address, value: 5n });
  await write(pair, alice, lab, 'logAll', ['0x1234']);
  for (const ref of REFS) {
    for (const full of [false, true]) await pair.ask('eth_getBlockByNumber', [ref, full]);
    await pair.ask('eth_getBlockTransactionCountByNumber', [ref]);
    await pair.ask('eth_getUncleCountByBlockNumber', [ref]);
    await pair.ask('eth_getUncleByBlockNumberAndIndex', [ref, '0x0']);
    await pair.ask('eth_getBlockReceipts', [ref]);
    await pair.ask('eth_getTransactionByBlockNumberAndIndex', [ref, '0x0']);
    await pair.ask('eth_getRawTransactionByBlockNumberAndIndex', [ref, '0x0']);
    await pair.ask('debug_traceBlockByNumber', [ref, { tracer: 'callTracer' }]);
  }
  const { hash } = await pair.result<{ hash: string }>('eth_getBlockByNumber', ['0x3', false]);
  for (const of of [hash, UNKNOWN]) {
    for (const full of [false, true]) await pair.ask('eth_getBlockByHash', [of, full]);
    await pair.ask('eth_getBlockTransactionCountByHash', [of]);
    await pair.ask('eth_getUncleCountByBlockHash', [of]);
    await pair.ask('eth_getUncleByBlockHashAndIndex', [of, '0x0']);
    await pair.ask('eth_getTransactionByBlockHashAndIndex', [of, '0x0']);
    await pair.ask('eth_getRawTransactionByBlockHashAndIndex', [of, '0x0']);
    await pair.ask('debug_traceBlockByHash', [of, { tracer: 'callTracer' }]);
    await pair.ask('eth_getBlockReceipts', [of]);
  }
  await pair.ask('eth_getBlockByNumber', ['pending', false]);
}

/** Accounts, code, storage and proofs at many blocks. */
export async function stateReads(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [77n], { value: 3n });
  await write(pair, alice, lab, 'fill', [10n, 5n, 123n]);
  await write(pair, alice, lab, 'push', [9n]);
  await send(pair, alice, { to: bob.address, value: 10n ** 18n });
  const { hash } = await pair.result<{ hash: string }>('eth_getBlockByNumber', ['0x3', false]);
  const refs = [...REFS, 'pending', { blockHash: hash }, { blockNumber: '0x2' }, { blockHash: UNKNOWN }];
  refs.push({ blockHash: hash, requireCanonical: true } as never, hash);
  const nobody = '0x00000000000000000000000000000000000e0001';
  for (const ref of refs) {
    for (const who of [alice.address, lab.address, nobody]) {
      await pair.ask('eth_getBalance', [who, ref]);
      await pair.ask('eth_getTransactionCount', [who, ref]);
      await pair.ask('eth_getCode', [who, ref]);
      await pair.ask('eth_getStorageAt', [who, '0x0', ref]);
      await pair.ask('eth_getAccount', [who, ref]);
      await pair.ask('eth_getAccountInfo', [who, ref]);
      await pair.ask('eth_getProof', [who, [`0x${'00'.repeat(32)}`], ref]);
    }
  }
  for (const slot of ['0x0', '0x00', `0x${'02'.padStart(64, '0')}`, '0x2', '0xff']) {
    await pair.ask('eth_getStorageAt', [lab.address, slot, 'latest']);
  }
  const slots = ['0x0', `0x${'02'.padStart(64, '0')}`, '0x77'].map((slot) => `0x${slot.slice(2).padStart(64, '0')}`);
  await pair.ask('eth_getProof', [lab.address, slots, 'latest']);
  await pair.ask('eth_getStorageValues', [{ [lab.address]: slots }, 'latest']);
}

/** Code by what it is the hash of. */
export async function codeLookups(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  const code = await pair.result<`0x${string}`>('eth_getCode', [lab.address, 'latest']);
  for (const hash of [keccak256(code), keccak256('0x'), UNKNOWN]) {
    await pair.ask('debug_codeByHash', [hash]);
    await pair.ask('debug_codeByHash', [hash, '0x1']);
  }
  await pair.ask('debug_dbGet', [`0x63${keccak256(code).slice(2)}`]);
}
