import { keccak256, toHex } from 'viem';
import { alice, bob } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, send, write } from '../send.ts';

const UNKNOWN = `0x${'12'.repeat(32)}`;
const word = (value: number): string => `0x${value.toString(16).padStart(64, '0')}`;
const NAMED = keccak256(toHex('Named(uint256,bytes32,address,bytes)'));

/** Logs by every filter, and filters that are polled. */
export async function logs(pair: Pair): Promise<void> {
  const pending = await pair.handle('eth_newPendingTransactionFilter');
  const blocks = await pair.handle('eth_newBlockFilter');
  const lab = await deploy(pair, alice, 'Lab', [1n]);
  const all = await pair.handle('eth_newFilter', [{ address: lab.address }]);
  const some = await pair.handle('eth_newFilter', [{ topics: [[word(1), NAMED], null, word(3)] }]);
  const past = await pair.handle('eth_newFilter', [{ fromBlock: '0x0', toBlock: '0x1' }]);
  await write(pair, alice, lab, 'logAll', ['0x']);
  await write(pair, alice, lab, 'logAll', [`0x${'ab'.repeat(70)}`]);
  const other = await deploy(pair, bob, 'Lab', [2n]);
  await write(pair, bob, other, 'nest', [3n]);
  await send(pair, bob, { to: lab.address, value: 1n });
  const { hash } = await pair.result<{ hash: string }>('eth_getBlockByNumber', ['0x4', false]);
  const filters = [
    {},
    { fromBlock: '0x0' },
    { fromBlock: 'earliest', toBlock: 'latest' },
    { fromBlock: '0x3', toBlock: '0x4' },
    { fromBlock: '0x4', toBlock: '0x3' },
    { fromBlock: '0x0', toBlock: '0xffff' },
    { fromBlock: '0xfff0', toBlock: '0xffff' },
    { fromBlock: 'safe', toBlock: 'finalized' },
    { fromBlock: 'pending', toBlock: 'pending' },
    { fromBlock: '0x0', address: lab.address },
    { fromBlock: '0x0', address: [lab.address, other.address] },
    { fromBlock: '0x0', address: [] },
    { fromBlock: '0x0', topics: [] },
    { fromBlock: '0x0', topics: [null] },
    { fromBlock: '0x0', topics: [NAMED] },
    { fromBlock: '0x0', topics: [null, word(2)] },
    { fromBlock: '0x0', topics: [[NAMED, word(1)], null, null] },
    { fromBlock: '0x0', topics: [word(1), word(2), word(3), word(4)] },
    { fromBlock: '0x0', topics: [[], word(2)] },
    { fromBlock: '0x0', topics: [null, null, null, null, null] },
    { blockHash: hash },
    { blockHash: hash, address: other.address },
    { blockHash: UNKNOWN },
    { blockHash: hash, fromBlock: '0x0' },
  ];
  for (const filter of filters) await pair.ask('eth_getLogs', [filter]);
  for (const id of [all, some, past]) {
    await pair.ask('eth_getFilterChanges', [id]);
    await pair.ask('eth_getFilterChanges', [id]);
    await pair.ask('eth_getFilterLogs', [id]);
  }
  await pair.ask('eth_getFilterChanges', [blocks]);
  await pair.ask('eth_getFilterChanges', [blocks]);
  await pair.ask('eth_getFilterChanges', [pending]);
  await pair.ask('eth_getFilterLogs', [blocks]);
  for (const id of [all, blocks, pending, all, '0x1234']) await pair.ask('eth_uninstallFilter', [id]);
  await pair.ask('eth_getFilterChanges', [all]);
  await pair.ask('eth_getFilterLogs', ['0x1234']);
}
