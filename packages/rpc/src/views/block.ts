import type { ExecutedBlock } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcBlock,
  type RpcHeader,
  type RpcWithdrawal,
} from '@minichain/protocol';
import { transactionView } from './transaction.ts';

/** Header fields in the order and under the conditions of execution-apis: a fork's field is there from that fork on. */
export function headerView(executed: ExecutedBlock): RpcHeader {
  const { header } = executed.block;
  return {
    hash: hex(executed.hash),
    parentHash: hex(header.parentHash),
    sha3Uncles: hex(header.uncleHash),
    miner: header.coinbase.toString(),
    stateRoot: hex(header.stateRoot),
    transactionsRoot: hex(header.transactionsTrie),
    receiptsRoot: hex(header.receiptTrie),
    logsBloom: hex(header.logsBloom),
    difficulty: quantity(header.difficulty),
    number: quantity(header.number),
    gasLimit: quantity(header.gasLimit),
    gasUsed: quantity(header.gasUsed),
    timestamp: quantity(header.timestamp),
    extraData: hex(header.extraData),
    mixHash: hex(header.mixHash),
    nonce: hex(header.nonce),
    ...(header.baseFeePerGas === undefined ? {} : { baseFeePerGas: quantity(header.baseFeePerGas) }),
    ...(header.withdrawalsRoot === undefined ? {} : { withdrawalsRoot: hex(header.withdrawalsRoot) }),
    ...(header.blobGasUsed === undefined ? {} : { blobGasUsed: quantity(header.blobGasUsed) }),
    ...(header.excessBlobGas === undefined ? {} : { excessBlobGas: quantity(header.excessBlobGas) }),
    ...(header.parentBeaconBlockRoot === undefined ? {} : { parentBeaconBlockRoot: hex(header.parentBeaconBlockRoot) }),
    ...(header.requestsHash === undefined ? {} : { requestsHash: hex(header.requestsHash) }),
  };
}

type Withdrawals = NonNullable<ExecutedBlock['block']['withdrawals']>;

/** EIP-4895; amounts in gwei. */
export function withdrawalsView(withdrawals: Withdrawals): RpcWithdrawal[] {
  return withdrawals.map(({ index, validatorIndex, address, amount }) => ({
    index: quantity(index),
    validatorIndex: quantity(validatorIndex),
    address: address.toString(),
    amount: quantity(amount),
  }));
}

/** A block of execution-apis; transactions whole or by hash. */
export function blockView(executed: ExecutedBlock, options: { full: boolean }): RpcBlock {
  const { block } = executed;
  return {
    ...headerView(executed),
    size: quantity(block.serialize().length),
    uncles: block.uncleHeaders.map((uncle) => hex(uncle.hash())),
    transactions: options.full
      ? block.transactions.map((tx, index) =>
          transactionView({ tx, sender: executed.senders[index], place: { executed, index } }),
        )
      : block.transactions.map((tx) => hex(tx.hash())),
    ...(block.withdrawals === undefined ? {} : { withdrawals: withdrawalsView(block.withdrawals) }),
  };
}
