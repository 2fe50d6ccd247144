import { gzipSync } from 'node:zlib';
import type { Chain, DumpedAccount, StateDump } from '@minichain/core';
import { type Data, hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { headerView } from './block.ts';

const accountView = ({ nonce, balance, code, storage }: DumpedAccount): unknown => ({
  nonce: Number(nonce),
  balance: quantity(balance),
  code: hex(code),
  storage: Object.fromEntries(storage.map(([slot, value]) => [hex(slot), hex(value)])),
});

/** The environment of the head, in revm's names. */
function blockEnvironment({ head }: StateDump): unknown {
  const { header } = head.block;
  return {
    number: quantity(header.number),
    beneficiary: header.coinbase.toString(),
    timestamp: quantity(header.timestamp),
    gas_limit: Number(header.gasLimit),
    basefee: Number(header.baseFeePerGas ?? 0n),
    difficulty: quantity(header.difficulty),
    prevrandao: hex(header.mixHash),
    blob_excess_gas_and_price:
      header.excessBlobGas === undefined
        ? null
        : { excess_blob_gas: Number(header.excessBlobGas), blob_gasprice: Number(header.getBlobGasPrice()) },
    slot_num: 0,
  };
}

/**
 * A state as `anvil_dumpState` writes it: gzipped JSON in hex, equal for equal states. Of the blocks there are the headers,
 * of the transactions nothing. Headers that history pruning took away are not among them.
 */
export async function stateDumpView(
  chain: { readonly chain: Pick<Chain['chain'], 'require' | 'oldest'> },
  dump: StateDump,
): Promise<Data> {
  const best = dump.head.block.header.number;
  const blocks: unknown[] = [];
  for (let number = chain.chain.oldest; number <= best; number++) {
    const { hash: _, ...header } = headerView(await chain.chain.require({ number }));
    blocks.push({ header, transactions: [], ommers: [], withdrawals: null });
  }
  const text = JSON.stringify({
    block: blockEnvironment(dump),
    accounts: Object.fromEntries(dump.accounts.map((one) => [one.address.toString(), accountView(one)])),
    best_block_number: Number(best),
    blocks,
    transactions: [],
    historical_states: null,
  });
  return hex(gzipSync(text));
}
