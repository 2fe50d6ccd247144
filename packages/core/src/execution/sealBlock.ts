import { Block, type BlockHeader, createBlockHeader, genRequestsRoot, type HeaderData } from '@ethereumjs/block';
import { type Common, ConsensusType, Hardfork } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Account, type Address, createWithdrawal, hexToBytes, type Withdrawal } from '@ethereumjs/util';
import type { Activity, ExecutedBlock, Receipt } from '../blocks/executedBlock.ts';
import { NO_LOGS } from '../blocks/logsBloom.ts';
import { orderedTrieRoot } from '../blocks/orderedTrieRoot.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { encodeRlp } from '../encoding/rlp.ts';
import type { EditableState, Machine } from './engine/machine.ts';
import { encodeReceipt } from './receipt.ts';
import type { WithdrawalInput } from './request.ts';
import { collectRequests, type RequestRules } from './systemCalls.ts';

/** What ran in a block; one sender, one receipt and one record of who took part a transaction. */
export interface BlockContents {
  readonly transactions: readonly TypedTransaction[];
  readonly senders: readonly Address[];
  readonly receipts: readonly Receipt[];
  readonly activity: readonly Activity[];
  readonly gasUsed: bigint;
  readonly blobGasUsed: bigint;
  readonly withdrawals: readonly WithdrawalInput[];
}

/** A sealed block with the requests that its header's hash stands for, as EIP-7685 encodes each: type, then data. */
export interface SealedBlock {
  readonly executed: ExecutedBlock;
  readonly requests: readonly Uint8Array[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** SHA-256 of nothing: no requests (EIP-7685). */
export const NO_REQUESTS = hexToBytes('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

const WEI_PER_GWEI = 10n ** 9n;

/** An account that stays empty is taken out again (EIP-161). */
async function credit(state: EditableState, common: Common, { address, wei }: Payment): Promise<void> {
  const account = (await state.getAccount(address)) ?? new Account();
  account.balance += wei;
  if (account.isEmpty() && common.gteHardfork(Hardfork.SpuriousDragon)) await state.deleteAccount(address);
  else await state.putAccount(address, account);
}

interface Payment {
  readonly address: Address;
  readonly wei: bigint;
}

/** What a block pays besides fees: withdrawals (EIP-4895), before the merge the miner's reward. */
async function payOut(machine: Machine, coinbase: Address, withdrawals: readonly WithdrawalInput[]): Promise<void> {
  const { common } = machine;
  const payments: Payment[] = withdrawals.map(({ address, amount }) => ({ address, wei: amount * WEI_PER_GWEI }));
  const isWork = common.consensusType() === ConsensusType.ProofOfWork;
  const reward = isWork ? common.param('minerReward') : 0n;
  if (reward > 0n) payments.push({ address: coinbase, wei: reward });
  if (payments.length === 0) return;
  await machine.edit(async (state) => {
    for (const payment of payments) await credit(state, common, payment);
  });
}

function mergedBloom(receipts: readonly Receipt[]): Uint8Array {
  const logging = receipts.filter(({ logs }) => logs.length > 0);
  if (logging.length <= 1) return logging[0]?.logsBloom ?? NO_LOGS;
  const bloom = new Uint8Array(256);
  for (const { logsBloom } of logging) {
    for (let i = 0; i < 256; i++) bloom[i] = (bloom[i] as number) | (logsBloom[i] as number);
  }
  return bloom;
}

function withdrawalsOf({ withdrawals }: BlockContents): Withdrawal[] {
  return withdrawals.map((one) => createWithdrawal({ ...one }));
}

/** A header that is not sealed yet: of the fields that are known before the first transaction. */
export const openHeader = (fields: HeaderData, common: Common): BlockHeader =>
  createBlockHeader(fields, { common, freeze: false });

/** Of a header that nobody changes any more. */
export const hashOfHeader = (header: BlockHeader): Uint8Array => keccak256(encodeRlp(header.raw()));

/**
 * Ends a block after its last transaction: withdrawals and reward, execution requests, roots, header.
 * @param header as {@link openHeader} makes it, for this block alone: it is completed.
 * @throws BlockError BLOCK_INVALID where queues must answer; TransactionError for a deposit log that cannot be read.
 */
export async function sealBlock(
  machine: Machine,
  header: BlockHeader,
  contents: BlockContents,
  rules?: RequestRules,
): Promise<SealedBlock> {
  const { common } = machine;
  const { transactions, receipts, senders, activity, gasUsed, blobGasUsed } = contents;
  await payOut(machine, header.coinbase, contents.withdrawals);
  const logs = receipts.flatMap((receipt) => receipt.logs);
  const requests = common.isActivatedEIP(7685) ? await collectRequests(machine, logs, rules) : undefined;
  const stateRoot = await machine.stateRoot();
  const sha256 = common.customCrypto.sha256 as (bytes: Uint8Array) => Uint8Array;
  const withdrawals = common.isActivatedEIP(4895) ? withdrawalsOf(contents) : undefined;
  const sealed: Mutable<Partial<BlockHeader>> = {
    stateRoot,
    gasUsed,
    logsBloom: mergedBloom(receipts),
    transactionsTrie: orderedTrieRoot(transactions.map((tx) => tx.serialize())),
    receiptTrie: orderedTrieRoot(receipts.map(encodeReceipt)),
  };
  if (withdrawals !== undefined) {
    sealed.withdrawalsRoot = orderedTrieRoot(withdrawals.map((one) => encodeRlp(one.raw() as Uint8Array[])));
  }
  if (common.isActivatedEIP(4844)) sealed.blobGasUsed = blobGasUsed;
  if (requests !== undefined) {
    const isNone = requests.every(({ data }) => data.length === 0);
    sealed.requestsHash = isNone ? NO_REQUESTS : genRequestsRoot(requests, sha256);
  }
  Object.assign(header, sealed);
  const block = new Block(header, [...transactions], [], withdrawals, { common, freeze: false });
  return {
    executed: { block, hash: hashOfHeader(header), receipts, senders, activity, stateRoot },
    requests: (requests ?? []).filter(({ data }) => data.length > 0).map((request) => request.bytes),
  };
}
