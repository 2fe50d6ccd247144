import { CoreError } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, RpcError } from '@minichain/protocol';
import type { KnownFault } from './faults.ts';
import { SendFailure } from './sendFailure.ts';
import { checksumAddress } from './views/checksumAddress.ts';

/** Whose words errors have. */
export type ErrorStyle = 'geth' | 'hardhat';

const { invalidInput, invalidParams, reverted } = RPC_CODES;

const ERROR_SELECTOR = '0x08c379a0';
const PANIC_SELECTOR = '0x4e487b71';
const FAILED = 'VM Exception while processing transaction:';

const PANICS: Readonly<Record<string, string>> = {
  '0x1': 'Assertion error',
  '0x11': 'Arithmetic operation overflowed outside of an unchecked block',
  '0x12': 'Division or modulo division by zero',
  '0x21': 'Tried to convert a value into an enum, but the value was too big or negative',
  '0x22': 'Incorrectly encoded storage byte array',
  '0x31': '.pop() was called on an empty array',
  '0x32': 'Array accessed at an out-of-bounds or negative index',
  '0x41': 'Too much memory was allocated, or an array was created that is too large',
  '0x51': 'Called a zero-initialized variable of internal function type',
};

function panicText(payload: Uint8Array): string {
  const code = `0x${BigInt(hex(payload)).toString(16)}`;
  const meaning = PANICS[code];
  return meaning === undefined
    ? `reverted with unknown panic code ${code}`
    : `reverted with panic code ${code} (${meaning})`;
}

function revertText(data: Uint8Array, reason: string | undefined): string {
  if (data.length === 0) return 'Transaction reverted without a reason string';
  const selector = hex(data.subarray(0, 4));
  if (selector === ERROR_SELECTOR && reason !== undefined) return `${FAILED} reverted with reason string '${reason}'`;
  if (selector === PANIC_SELECTOR && data.length === 36) return `${FAILED} ${panicText(data.subarray(4))}`;
  return `${FAILED} reverted with an unrecognized custom error (return data: ${hex(data)})`;
}

/** In its own words, where Hardhat has some. Its `data` repeats them. */
function refusalText(fault: KnownFault): string | undefined {
  switch (fault.code) {
    case 'NONCE_TOO_LOW':
      return `Nonce too low. Expected nonce to be ${fault.expected} but got ${fault.got}. Note that transactions can't be queued when automining.`;
    case 'ALREADY_KNOWN':
      return `Known transaction: ${fault.hash}`;
    case 'FUNDS_INSUFFICIENT':
    case 'CALL_FUNDS_INSUFFICIENT':
      return `Sender doesn't have enough funds to send tx. The max upfront cost is: ${fault.want} and the sender's balance is: ${fault.have}.`;
    case 'ACCOUNT_UNKNOWN':
      return `Unknown account ${checksumAddress(fault.address)}`;
    case 'INTRINSIC_GAS_LOW':
    case 'INTRINSIC_GAS_TOO_LOW':
    case 'FLOOR_GAS_LOW':
      return `Transaction requires at least ${fault.needed} gas but got ${fault.gasLimit}`;
    case 'GAS_LIMIT_ABOVE_CAP':
      return `Transaction gas limit is ${fault.gasLimit} and exceeds transaction gas cap of ${fault.cap}`;
    case 'GAS_LIMIT_ABOVE_BLOCK':
      return `Transaction gas limit is ${fault.gasLimit} and exceeds block gas limit of ${fault.blockGasLimit}`;
    case 'FEE_CAP_BELOW_BASE_FEE':
    case 'CALL_FEE_CAP_BELOW_BASE_FEE':
      return `Transaction maxFeePerGas (${fault.feeCap}) is too low for the next block, which has a baseFeePerGas of ${fault.baseFee}`;
    case 'TRANSACTION_NOT_FOUND':
      return `Unable to find a block containing transaction ${fault.hash}`;
    case 'BLOCK_NOT_FOUND': {
      const number = /^number (\d+)$/.exec(fault.wanted)?.[1];
      return number === undefined
        ? undefined
        : `Received invalid block tag ${number}. Latest block number is ${fault.head}`;
    }
    default:
      return undefined;
  }
}

const withMessage = (code: number, message: string, more: object, cause: unknown): RpcError =>
  new RpcError(code, message, { message, ...more }, { cause });

/** @param hash of the transaction that failed; a call and an estimate have none. */
function executionError(fault: KnownFault, hash: { txHash?: string }, cause: unknown): RpcError | undefined {
  if (fault.code === 'REVERTED') {
    return new RpcError(reverted, revertText(fault.data, fault.reason), hex(fault.data), { cause });
  }
  if (fault.code !== 'HALTED') return undefined;
  if (fault.halt === 'OutOfGas')
    return withMessage(invalidInput, 'Transaction ran out of gas', { ...hash, data: '0x' }, cause);
  const text = fault.halt === 'InvalidFEOpcode' ? `${FAILED} invalid opcode` : `${FAILED} ${fault.detail}`;
  return new RpcError(reverted, text, '0x', { cause });
}

/**
 * An error as Hardhat 3 words it, for tools that look for its texts (`--error-style hardhat`).
 * @returns undefined where Hardhat has no words of its own.
 * @example hardhatError(executionError({ code: 'REVERTED', data: new Uint8Array(), reason: undefined }))
 */
export function hardhatError(error: unknown): RpcError | undefined {
  if (error instanceof SendFailure) return executionError(error.error.fault, { txHash: error.hash }, error);
  if (error instanceof RpcError) return undefined;
  if (!(error instanceof CoreError)) return undefined;
  const fault = error.fault as KnownFault;
  if (fault.code === 'CHAIN_ID_MISMATCH') {
    const text = `Trying to send a raw transaction with an invalid chainId. The expected chainId is ${fault.expected}`;
    return withMessage(invalidParams, text, {}, error);
  }
  const text = refusalText(fault);
  return text === undefined ? executionError(fault, {}, error) : withMessage(invalidInput, text, {}, error);
}

/** Hardhat's words for a method that nobody has. */
export const hardhatUnknownMethod = (method: string): RpcError =>
  withMessage(-32004, `Method ${method} is not supported`, {}, undefined);
