import type { Common } from '@ethereumjs/common';
import { isBlob4844Tx, type TypedTransaction } from '@ethereumjs/tx';
import { type Address, equalsBytes } from '@ethereumjs/util';
import { floorGasOf } from '../transactions/floorGas.ts';
import { feeCapOf, tipCapOf } from '../transactions/prices.ts';
import { poolError } from './faults.ts';
import type { PooledTransaction } from './pooledTransaction.ts';

/** What a transaction is checked against: the next block's rules. Prices in wei per gas. */
export interface AdmitRules {
  readonly common: Common;
  readonly gasLimit: bigint;
  readonly baseFee: bigint | undefined;
  readonly blobBaseFee: bigint | undefined;
}

const MAX_NONCE = 2n ** 64n - 1n;
/** What the code of an account that delegates begins with (EIP-7702). */
const DELEGATION = Uint8Array.of(0xef, 0x01, 0x00);

function checkGas(tx: TypedTransaction, { common, gasLimit }: AdmitRules): void {
  const intrinsic = tx.getIntrinsicGas();
  if (tx.gasLimit < intrinsic) {
    throw poolError({ code: 'INTRINSIC_GAS_LOW', gasLimit: tx.gasLimit, needed: intrinsic });
  }
  const floor = floorGasOf(tx, common);
  if (tx.gasLimit < floor) throw poolError({ code: 'FLOOR_GAS_LOW', gasLimit: tx.gasLimit, needed: floor });
  if (common.isActivatedEIP(7825) && !common.isActivatedEIP(8037)) {
    const cap = common.param('maxTransactionGasLimit');
    if (tx.gasLimit > cap) throw poolError({ code: 'GAS_LIMIT_ABOVE_CAP', gasLimit: tx.gasLimit, cap });
  }
  if (tx.gasLimit > gasLimit) {
    throw poolError({ code: 'GAS_LIMIT_ABOVE_BLOCK', gasLimit: tx.gasLimit, blockGasLimit: gasLimit });
  }
}

function checkPrices(tx: TypedTransaction, { baseFee, blobBaseFee }: AdmitRules): void {
  const [feeCap, tip] = [feeCapOf(tx), tipCapOf(tx)];
  if (tip > feeCap) throw poolError({ code: 'TIP_ABOVE_FEE_CAP', tip, feeCap });
  if (baseFee !== undefined && feeCap < baseFee) {
    throw poolError({ code: 'FEE_CAP_BELOW_BASE_FEE', feeCap, baseFee, ...(tx.type < 2 ? { isGasPrice: true } : {}) });
  }
  if (isBlob4844Tx(tx) && blobBaseFee !== undefined && tx.maxFeePerBlobGas < blobBaseFee) {
    throw poolError({ code: 'BLOB_FEE_CAP_TOO_LOW', feeCap: tx.maxFeePerBlobGas, blobBaseFee });
  }
}

/**
 * Everything that can be said against a transaction without looking at the pool or the sender's funds, in geth's order.
 * @throws PoolError.
 */
export function checkTransaction(tx: TypedTransaction, rules: AdmitRules): void {
  const { common } = rules;
  if (common.isActivatedEIP(3860) && tx.to === undefined) {
    const limit = Number(common.param('maxInitCodeSize'));
    if (tx.data.length > limit) throw poolError({ code: 'INITCODE_TOO_LARGE', size: tx.data.length, limit });
  }
  checkPrices(tx, rules);
  checkGas(tx, rules);
}

/**
 * Code may not sign (EIP-3607), a delegation of EIP-7702 may.
 * @throws PoolError SENDER_IS_CONTRACT.
 */
export function checkSenderCode(sender: Address, code: Uint8Array): void {
  if (code.length === 0 || equalsBytes(code.subarray(0, 3), DELEGATION)) return;
  throw poolError({ code: 'SENDER_IS_CONTRACT', sender: sender.toString() });
}

/**
 * A transaction that takes the place of another needs no room.
 * @param limit 0 is none.
 * @throws PoolError ACCOUNT_LIMIT.
 */
export function checkRoom(tx: TypedTransaction, sender: Address, waiting: readonly PooledTransaction[], limit: number) {
  if (waiting.length < limit || waiting.some((pooled) => pooled.tx.nonce === tx.nonce)) return;
  throw poolError({ code: 'ACCOUNT_LIMIT', sender: sender.toString(), waiting: waiting.length, limit });
}

/** @throws PoolError NONCE_TOO_LOW, NONCE_MAX. */
export function checkNonce(tx: TypedTransaction, sender: Address, accountNonce: bigint): void {
  if (tx.nonce < accountNonce) {
    throw poolError({ code: 'NONCE_TOO_LOW', sender: sender.toString(), expected: accountNonce, got: tx.nonce });
  }
  if (tx.nonce >= MAX_NONCE) throw poolError({ code: 'NONCE_MAX', sender: sender.toString() });
}

/** @throws PoolError NONCE_TOO_HIGH. */
export function checkNoGap(tx: TypedTransaction, sender: Address, next: bigint): void {
  if (tx.nonce <= next) return;
  throw poolError({ code: 'NONCE_TOO_HIGH', sender: sender.toString(), expected: next, got: tx.nonce });
}
