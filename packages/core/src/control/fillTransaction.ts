import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import { PENDING } from '../blocks/blockTag.ts';
import type { AccountsControl, FeeControl, Hardforks } from '../contract.ts';
import type { CallRequest } from '../execution/request.ts';
import type { Execution } from '../executionContract.ts';
import { poolError } from '../pool/faults.ts';
import type { Pool } from '../pool/pool.ts';
import { tipToReplace } from '../pool/replace.ts';
import type { ChainReader } from '../readers.ts';
import { transactionError } from '../transactions/faults.ts';
import { withoutSidecar, withSidecar } from '../transactions/sidecar.ts';
import { requireType, typeFromRequest } from '../transactions/txData.ts';

export interface FillModules {
  readonly chain: Pick<ChainReader, 'tip'>;
  readonly accounts: Pick<AccountsControl, 'owned'>;
  readonly execution: Pick<Execution, 'estimateGas'>;
  readonly fees: FeeControl;
  readonly hardforks: Hardforks;
  readonly nextTimestamp: () => bigint;
  readonly pool: Pick<Pool, 'of'>;
}

/** A request with everything but the nonce decided. */
export interface FilledRequest extends CallRequest {
  readonly from: Address;
  readonly gasLimit: bigint;
  readonly type: number;
}

const invalid = (detail: string) => transactionError({ code: 'REQUEST_INVALID', detail });

function checkConflicts(request: CallRequest, common: Common): void {
  const hasNewFees = request.maxFeePerGas !== undefined || request.maxPriorityFeePerGas !== undefined;
  if (request.gasPrice !== undefined && hasNewFees) {
    throw invalid('both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified');
  }
  if (request.chainId !== undefined && request.chainId !== common.chainId()) {
    throw transactionError({ code: 'CHAIN_ID_MISMATCH', got: request.chainId, expected: common.chainId() });
  }
  const isCreate = request.to === undefined || request.to === null;
  if (isCreate && (request.data === undefined || request.data.length === 0)) {
    throw invalid('contract creation without any data provided');
  }
  if (request.authorizationList?.length === 0) throw invalid('authorizationList must not be empty (EIP-7702)');
  const hasBlobs = request.blobs !== undefined || request.blobVersionedHashes !== undefined;
  if (request.blobVersionedHashes !== undefined && request.blobs === undefined) {
    throw transactionError({ code: 'BLOB_INVALID', detail: 'missing sidecar: send the blobs themselves in "blobs"' });
  }
  if (hasBlobs && isCreate) throw invalid('a blob transaction cannot create a contract (EIP-4844): "to" is missing');
}

/** What waits with the nonce that the caller names, which the new transaction is to replace. */
function replacedBy({ nonce }: CallRequest, from: Address, { pool }: FillModules): TypedTransaction | undefined {
  return nonce === undefined ? undefined : pool.of(from).find(({ tx }) => tx.nonce === nonce)?.tx;
}

function filledFees(
  request: CallRequest,
  type: number,
  fees: FeeControl,
  replaced: TypedTransaction | undefined,
): Partial<CallRequest> {
  if (type < 2) return { gasPrice: request.gasPrice ?? fees.gasPrice() };
  if (request.gasPrice !== undefined) {
    return { maxFeePerGas: request.gasPrice, maxPriorityFeePerGas: request.gasPrice };
  }
  const cap = request.maxFeePerGas;
  // Who raises the cap means to replace: a tip that nobody named must not be what stands in the way.
  const least = cap === undefined || replaced === undefined ? 0n : tipToReplace(replaced);
  const suggested = least > fees.suggestedTip() ? least : fees.suggestedTip();
  const tip = request.maxPriorityFeePerGas ?? (cap !== undefined && cap < suggested ? cap : suggested);
  // Twice the base fee, so that the transaction survives six full blocks; never lower than its own tip.
  const maxFeePerGas = cap ?? 2n * (fees.nextBaseFee() ?? 0n) + tip;
  const blob = type === 3 ? { maxFeePerBlobGas: request.maxFeePerBlobGas ?? 2n * (fees.nextBlobBaseFee() ?? 1n) } : {};
  return { maxFeePerGas, maxPriorityFeePerGas: tip, ...blob };
}

/** What the library would refuse in words of its own when it makes the transaction. */
function checkLimits(request: CallRequest, common: Common): void {
  const { maxFeePerGas: feeCap, maxPriorityFeePerGas: tip, gasLimit } = request;
  if (feeCap !== undefined && tip !== undefined && tip > feeCap) {
    throw poolError({ code: 'TIP_ABOVE_FEE_CAP', tip, feeCap });
  }
  const cap = common.isActivatedEIP(7825) ? common.param('maxTransactionGasLimit') : undefined;
  if (cap !== undefined && gasLimit !== undefined && gasLimit > cap) {
    throw poolError({ code: 'GAS_LIMIT_ABOVE_CAP', gasLimit, cap });
  }
}

/**
 * Decides what the caller left open, except the nonce: sender, type, prices, gas (estimated on the pending state).
 * @throws TransactionError REQUEST_INVALID, CHAIN_ID_MISMATCH, TYPE_NOT_SUPPORTED; ExecutionError when the estimate fails.
 */
export async function fillRequest(request: CallRequest, modules: FillModules): Promise<FilledRequest> {
  const { chain, fees, hardforks } = modules;
  const common = hardforks.commonAt(chain.tip.number + 1n, modules.nextTimestamp());
  checkConflicts(request, common);
  checkLimits(request, common);
  const from = request.from ?? modules.accounts.owned[0]?.address;
  if (from === undefined) throw invalid('missing "from": this node has no accounts of its own');
  const type = typeFromRequest(request, common);
  requireType(type, common);
  const complete = withSidecar(request, common);
  const priced = { ...complete, from, type, ...filledFees(request, type, fees, replacedBy(request, from, modules)) };
  if (type > 1) delete (priced as { gasPrice?: bigint }).gasPrice;
  // Prices stay out of the estimate: whether the sender can pay is for the pool to say, in the pool's words.
  const { gasPrice: _1, maxFeePerGas: _2, maxPriorityFeePerGas: _3, maxFeePerBlobGas: _4, ...unpriced } = priced;
  const estimate = () => modules.execution.estimateGas(withoutSidecar(unpriced, common), PENDING);
  const gasLimit = request.gasLimit ?? (await estimate());
  return { ...priced, gasLimit };
}
