import {
  type AccountFault,
  type BlockFault,
  type ClockFault,
  CoreError,
  type ExecutionFault,
  type HardforkFault,
  type LaneFault,
  type PoolFault,
  type SnapshotFault,
  type StateFault,
  type StorageFault,
  type TransactionFault,
} from '@minichain/core';
import { hexFromBytes, RPC_CODES, RpcError } from '@minichain/protocol';
import { SendFailure } from './sendFailure.ts';

export type KnownFault =
  | AccountFault
  | BlockFault
  | ClockFault
  | ExecutionFault
  | HardforkFault
  | LaneFault
  | PoolFault
  | SnapshotFault
  | StateFault
  | StorageFault
  | TransactionFault;
type FaultCode = KnownFault['code'];

const { invalidInput, invalidParams, limitExceeded, notFound, prunedHistory, rejected, reverted } = RPC_CODES;

/** Fault → JSON-RPC code. A new fault does not compile until it has one. None is -32603: clients retry that. */
const CODES = {
  ACCOUNT_UNKNOWN: rejected,
  KEY_UNKNOWN: rejected,
  ACCOUNT_LOCKED: rejected,
  ACCOUNT_EXISTS: invalidInput,
  PASSPHRASE_WRONG: rejected,
  KEYSTORE_INVALID: invalidInput,
  KEY_INVALID: invalidParams,
  SIGNATURE_UNUSABLE: invalidParams,
  MNEMONIC_INVALID: invalidInput,
  DERIVATION_PATH_INVALID: invalidInput,
  BLOCK_NOT_FOUND: notFound,
  BLOCK_NOT_CANONICAL: invalidInput,
  BLOCK_NOT_KEPT: notFound,
  HISTORY_PRUNED: prunedHistory,
  TRANSACTION_NOT_FOUND: invalidInput,
  STATE_NOT_AVAILABLE: invalidInput,
  BALANCE_OVERFLOW: invalidInput,
  DUMP_TOO_HIGH: invalidInput,
  SLOT_NOT_FOUND: invalidInput,
  NUMBER_TOO_LARGE: invalidInput,
  GENESIS_FOREIGN: invalidInput,
  BLOCK_INVALID: invalidInput,
  PARENT_UNKNOWN: invalidInput,
  DEPTH_TOO_LARGE: invalidParams,
  GENESIS_INVALID: invalidInput,
  HARDFORK_SCHEDULE_INVALID: invalidInput,
  HARDFORK_UNKNOWN: invalidInput,
  LANE_CLOSED: invalidInput,
  CHECKPOINT_NAME_INVALID: invalidParams,
  CHECKPOINT_UNKNOWN: notFound,
  DATABASE_LOCKED: invalidInput,
  DATABASE_FOREIGN: invalidInput,
  DATABASE_NEWER: invalidInput,
  DATABASE_UNREADABLE: invalidInput,
  DATABASE_CONTRADICTS: invalidInput,
  DATABASE_CLOSED: invalidInput,
  DATABASE_DAMAGED: invalidInput,
  DIRECTORY_TAKEN: invalidInput,
  DATABASE_BUSY: invalidInput,
  BACKUP_UNUSABLE: invalidInput,
  WRITE_FAILED: invalidInput,
  TIMESTAMP_NOT_AFTER_HEAD: invalidInput,
  TIME_NEGATIVE: invalidParams,
  REVERTED: reverted,
  HALTED: rejected,
  INTRINSIC_GAS_TOO_LOW: invalidInput,
  GAS_ALLOWANCE_EXCEEDED: invalidInput,
  CALL_FUNDS_INSUFFICIENT: invalidInput,
  CALL_FEE_CAP_BELOW_BASE_FEE: invalidInput,
  CALL_TIP_ABOVE_FEE_CAP: invalidInput,
  OVERRIDE_INVALID: invalidInput,
  CALL_INVALID: invalidInput,
  SIMULATION_REFUSED: invalidInput,
  TRACER_UNKNOWN: invalidInput,
  TRACER_FAILED: invalidInput,
  TIMED_OUT: invalidInput,
  TRACE_TOO_LARGE: limitExceeded,
  ENGINES_DIFFER: invalidInput,
  NONCE_TOO_LOW: invalidInput,
  NONCE_TOO_HIGH: invalidInput,
  NONCE_MAX: invalidInput,
  ALREADY_KNOWN: invalidInput,
  REPLACEMENT_UNDERPRICED: invalidInput,
  FUNDS_INSUFFICIENT: invalidInput,
  INTRINSIC_GAS_LOW: invalidInput,
  FLOOR_GAS_LOW: invalidInput,
  GAS_LIMIT_ABOVE_BLOCK: invalidInput,
  GAS_LIMIT_ABOVE_CAP: invalidInput,
  FEE_CAP_BELOW_BASE_FEE: invalidInput,
  TIP_ABOVE_FEE_CAP: invalidInput,
  BLOB_FEE_CAP_TOO_LOW: invalidInput,
  INITCODE_TOO_LARGE: invalidInput,
  SENDER_IS_CONTRACT: invalidInput,
  POOL_FULL: invalidInput,
  ACCOUNT_LIMIT: invalidInput,
  TRANSACTION_MALFORMED: invalidInput,
  TYPE_NOT_SUPPORTED: invalidInput,
  CHAIN_ID_MISMATCH: invalidInput,
  SIGNATURE_INVALID: invalidInput,
  BLOB_INVALID: invalidInput,
  REQUEST_INVALID: invalidInput,
} as const satisfies Record<FaultCode, number>;

const isKnown = (code: string): code is FaultCode => Object.hasOwn(CODES, code);

/** With the hash, which the caller gets nowhere else. `data` of `data` is what libraries decode. */
function errorOfSend(failure: SendFailure): RpcError | undefined {
  const told = rpcErrorFromFault(failure.error);
  const details = { message: told?.message, txHash: failure.hash, data: told?.data };
  return told && new RpcError(told.code, told.message, details, { cause: failure });
}

/** What the caller is told about an error the core threw on purpose; undefined for anything else. */
export function rpcErrorFromFault(error: unknown): RpcError | undefined {
  if (error instanceof RpcError) return error;
  if (error instanceof SendFailure) return errorOfSend(error);
  if (!(error instanceof CoreError) || !isKnown(error.fault.code)) return undefined;
  const fault = error.fault as KnownFault;
  const options = { cause: error };
  if (fault.code === 'REVERTED') return new RpcError(reverted, error.message, hexFromBytes(fault.data), options);
  if (fault.code === 'SIMULATION_REFUSED') return new RpcError(fault.rpcCode, error.message, undefined, options);
  // Matchers recognise a halt by its words, and need the empty data.
  if (fault.code === 'HALTED') return new RpcError(rejected, error.message, '0x', options);
  return new RpcError(CODES[fault.code], error.message, undefined, options);
}
