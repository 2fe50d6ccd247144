import { alice, bob, carol } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, encode, send, write } from '../send.ts';

const UNKNOWN = `0x${'12'.repeat(32)}`;
const word = (value: number | bigint) => `0x${value.toString(16).padStart(64, '0')}` as const;

/** What Otterscan shows of blocks, and of what happened inside transactions. */
export async function otterscan(pair: Pair): Promise<void> {
  await pair.ask('ots_getApiLevel');
  const lab = await deploy(pair, alice, 'Lab', [1n], { value: 100n });
  const hashes = [
    await send(pair, bob, { to: carol.address, value: 5n }),
    await write(pair, alice, lab, 'make', [3n]),
    await write(pair, alice, lab, 'makeAt', [word(1), 3n]),
    await write(pair, alice, lab, 'nest', [3n]),
    await write(pair, alice, lab, 'forward', [carol.address, 5n]),
    await write(pair, alice, lab, 'delegate', [lab.address, encode('set', [77n])]),
  ];
  for (const hash of [...hashes, UNKNOWN]) {
    await pair.ask('ots_traceTransaction', [hash]);
    await pair.ask('ots_getInternalOperations', [hash]);
    await pair.ask('ots_getTransactionError', [hash]);
  }
  for (const who of [alice.address, lab.address]) await pair.ask('ots_hasCode', [who, 'latest']);
  await pair.ask('evm_setAutomine', [false]);
  for (const value of [1n, 2n, 3n]) await send(pair, alice, { to: lab.address, data: encode('set', [value]) });
  await pair.ask('evm_mine_detailed');
  await pair.ask('anvil_mine_detailed');
  for (const number of [0, 1, 3, 8, 99]) {
    await pair.ask('ots_getBlockDetails', [number]);
    await pair.ask('erigon_getHeaderByNumber', [`0x${number.toString(16)}`]);
    for (const page of [0, 1]) await pair.ask('ots_getBlockTransactions', [number, page, 2]);
  }
  const { hash } = await pair.result<{ hash: string }>('eth_getBlockByNumber', ['0x3', false]);
  for (const of of [hash, UNKNOWN]) await pair.ask('ots_getBlockDetailsByHash', [of]);
}

/** Of the time when blocks were hashed. */
export async function hashing(pair: Pair): Promise<void> {
  await pair.ask('eth_getWork');
  await pair.ask('eth_submitWork', [`0x${'00'.repeat(8)}`, UNKNOWN, UNKNOWN]);
  await pair.ask('eth_submitHashrate', ['0x1', UNKNOWN]);
}
