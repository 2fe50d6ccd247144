import { Block, createBlockHeader, genRequestsRoot, type HeaderData } from '@ethereumjs/block';
import { ConsensusType } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Account, type Address, createWithdrawal, type Withdrawal } from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import type { Activity, ExecutedBlock, Receipt } from '../blocks/executedBlock.ts';
import { orderedTrieRoot } from '../blocks/orderedTrieRoot.ts';
import { encodeReceipt } from './receipt.ts';
import type { WithdrawalInput } from './request.ts';
import { collectRequests } from './systemCalls.ts';

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

const WEI_PER_GWEI = 10n ** 9n;

async function credit(vm: VM, address: Address, wei: bigint): Promise<void> {
  const account = (await vm.stateManager.getAccount(address)) ?? new Account();
  account.balance += wei;
  // By the journal, so that an account that stays empty is taken out again (EIP-161).
  await vm.evm.journal.putAccount(address, account);
}

/** What a block pays besides fees: withdrawals (EIP-4895), before the merge the miner's reward. */
async function payOut(vm: VM, coinbase: Address, withdrawals: readonly WithdrawalInput[]): Promise<void> {
  for (const { address, amount } of withdrawals) await credit(vm, address, amount * WEI_PER_GWEI);
  if (vm.common.consensusType() !== ConsensusType.ProofOfWork) return;
  const reward = vm.common.param('minerReward');
  if (reward > 0n) await credit(vm, coinbase, reward);
}

function mergedBloom(receipts: readonly Receipt[]): Uint8Array {
  const bloom = new Uint8Array(256);
  for (const { logsBloom } of receipts) {
    for (let i = 0; i < 256; i++) bloom[i] = (bloom[i] as number) | (logsBloom[i] as number);
  }
  return bloom;
}

function withdrawalsOf({ withdrawals }: BlockContents): Withdrawal[] {
  return withdrawals.map((one) => createWithdrawal({ ...one }));
}

/**
 * Ends a block after its last transaction: withdrawals and reward, execution requests, roots, header.
 * @param open the header fields known before the first transaction.
 */
export async function sealBlock(vm: VM, open: HeaderData, contents: BlockContents): Promise<SealedBlock> {
  const { common } = vm;
  const { transactions, receipts, senders, activity, gasUsed, blobGasUsed } = contents;
  await payOut(vm, open.coinbase as Address, contents.withdrawals);
  const logs = receipts.flatMap((receipt) => receipt.logs);
  const requests = common.isActivatedEIP(7685) ? await collectRequests(vm, logs) : undefined;
  await vm.evm.journal.cleanup();
  const stateRoot = await vm.stateManager.getStateRoot();
  const sha256 = common.customCrypto.sha256 as (bytes: Uint8Array) => Uint8Array;
  const withdrawals = common.isActivatedEIP(4895) ? withdrawalsOf(contents) : undefined;
  const header = createBlockHeader(
    {
      ...open,
      stateRoot,
      gasUsed,
      logsBloom: mergedBloom(receipts),
      transactionsTrie: orderedTrieRoot(transactions.map((tx) => tx.serialize())),
      receiptTrie: orderedTrieRoot(receipts.map(encodeReceipt)),
      ...(withdrawals === undefined
        ? {}
        : { withdrawalsRoot: orderedTrieRoot(withdrawals.map((one) => RLP.encode(one.raw()))) }),
      ...(common.isActivatedEIP(4844) ? { blobGasUsed } : {}),
      ...(requests === undefined ? {} : { requestsHash: genRequestsRoot(requests, sha256) }),
    },
    { common, freeze: false },
  );
  const block = new Block(header, [...transactions], [], withdrawals, { common, freeze: false });
  return {
    executed: { block, hash: header.hash(), receipts, senders, activity, stateRoot },
    requests: (requests ?? []).filter(({ data }) => data.length > 0).map((request) => request.bytes),
  };
}
