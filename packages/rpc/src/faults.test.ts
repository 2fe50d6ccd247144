import {
  AccountError,
  type AccountFault,
  BlockError,
  type BlockFault,
  ClockError,
  type ClockFault,
  CoreError,
  ExecutionError,
  type ExecutionFault,
  HardforkError,
  type HardforkFault,
  type LaneFault,
  PoolError,
  type PoolFault,
  SnapshotError,
  type SnapshotFault,
  StateError,
  type StateFault,
  StorageError,
  type StorageFault,
  TransactionError,
  type TransactionFault,
} from '@minichain/core';
import { RPC_CODES, RpcError } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { rpcErrorFromFault } from './faults.ts';

/** What each fault is answered with; does not compile while one is missing. */
type Codes<F extends { readonly code: string }> = { readonly [C in F['code']]: number };

const pool: Codes<PoolFault> = {
  NONCE_TOO_LOW: -32000,
  NONCE_TOO_HIGH: -32000,
  NONCE_MAX: -32000,
  ALREADY_KNOWN: -32000,
  REPLACEMENT_UNDERPRICED: -32000,
  FUNDS_INSUFFICIENT: -32000,
  INTRINSIC_GAS_LOW: -32000,
  FLOOR_GAS_LOW: -32000,
  GAS_LIMIT_ABOVE_BLOCK: -32000,
  GAS_LIMIT_ABOVE_CAP: -32000,
  FEE_CAP_BELOW_BASE_FEE: -32000,
  TIP_ABOVE_FEE_CAP: -32000,
  BLOB_FEE_CAP_TOO_LOW: -32000,
  INITCODE_TOO_LARGE: -32000,
  SENDER_IS_CONTRACT: -32000,
  POOL_FULL: -32000,
  ACCOUNT_LIMIT: -32000,
};
const transactions: Codes<TransactionFault> = {
  TRANSACTION_MALFORMED: -32000,
  TYPE_NOT_SUPPORTED: -32000,
  CHAIN_ID_MISMATCH: -32000,
  SIGNATURE_INVALID: -32000,
  BLOB_INVALID: -32000,
  REQUEST_INVALID: -32000,
};
const execution: Omit<Codes<ExecutionFault>, 'REVERTED' | 'HALTED' | 'SIMULATION_REFUSED'> = {
  INTRINSIC_GAS_TOO_LOW: -32000,
  GAS_ALLOWANCE_EXCEEDED: -32000,
  CALL_FUNDS_INSUFFICIENT: -32000,
  CALL_FEE_CAP_BELOW_BASE_FEE: -32000,
  CALL_TIP_ABOVE_FEE_CAP: -32000,
  OVERRIDE_INVALID: -32000,
  CALL_INVALID: -32000,
  TRACER_UNKNOWN: -32000,
  TRACER_FAILED: -32000,
  TIMED_OUT: -32000,
  ENGINES_DIFFER: -32000,
  TRACE_TOO_LARGE: -32005,
};
const accounts: Codes<AccountFault> = {
  ACCOUNT_UNKNOWN: -32003,
  KEY_UNKNOWN: -32003,
  ACCOUNT_LOCKED: -32003,
  ACCOUNT_EXISTS: -32000,
  PASSPHRASE_WRONG: -32003,
  KEYSTORE_INVALID: -32000,
  KEY_INVALID: -32602,
  SIGNATURE_UNUSABLE: -32602,
  MNEMONIC_INVALID: -32000,
  DERIVATION_PATH_INVALID: -32000,
};
const blocks: Codes<BlockFault> = {
  BLOCK_NOT_FOUND: -32001,
  BLOCK_NOT_CANONICAL: -32000,
  BLOCK_NOT_KEPT: -32001,
  HISTORY_PRUNED: 4444,
  TRANSACTION_NOT_FOUND: -32000,
  GENESIS_FOREIGN: -32000,
  BLOCK_INVALID: -32000,
  PARENT_UNKNOWN: -32000,
  DEPTH_TOO_LARGE: -32602,
};
const clock: Codes<ClockFault> = { TIMESTAMP_NOT_AFTER_HEAD: -32000, TIME_NEGATIVE: -32602 };
const state: Codes<StateFault> = {
  STATE_NOT_AVAILABLE: -32000,
  BALANCE_OVERFLOW: -32000,
  DUMP_TOO_HIGH: -32000,
  SLOT_NOT_FOUND: -32000,
  NUMBER_TOO_LARGE: -32000,
};
const hardforks: Codes<HardforkFault> = {
  GENESIS_INVALID: -32000,
  HARDFORK_SCHEDULE_INVALID: -32000,
  HARDFORK_UNKNOWN: -32000,
};
const snapshots: Codes<SnapshotFault> = { CHECKPOINT_NAME_INVALID: -32602, CHECKPOINT_UNKNOWN: -32001 };
const storage: Codes<StorageFault> = {
  DATABASE_LOCKED: -32000,
  DATABASE_FOREIGN: -32000,
  DATABASE_NEWER: -32000,
  DATABASE_UNREADABLE: -32000,
  DATABASE_DAMAGED: -32000,
  DATABASE_CONTRADICTS: -32000,
  DIRECTORY_TAKEN: -32000,
  DATABASE_BUSY: -32000,
  BACKUP_UNUSABLE: -32000,
  DATABASE_CLOSED: -32000,
  WRITE_FAILED: -32000,
};
const lane: Codes<LaneFault> = { LANE_CLOSED: -32000 };

type Made = new (fault: never, message: string) => CoreError;
const rooms: readonly (readonly [Made, Readonly<Record<string, number>>])[] = [
  [AccountError, accounts],
  [BlockError, blocks],
  [ClockError, clock],
  [CoreError, lane],
  [ExecutionError, execution],
  [HardforkError, hardforks],
  [PoolError, pool],
  [SnapshotError, snapshots],
  [StateError, state],
  [StorageError, storage],
  [TransactionError, transactions],
];
const every = rooms.flatMap(([Room, codes]) => Object.entries(codes).map(([fault, code]) => ({ Room, fault, code })));

describe('a fault of the core', () => {
  it.each(every)('$fault is answered with $code and its own words', ({ Room, fault, code }) => {
    const error = new Room({ code: fault } as never, 'its own words');
    const answered = rpcErrorFromFault(error);
    expect(answered?.toJSON()).toEqual({ code, message: 'its own words' });
    expect(answered?.cause).toBe(error);
    // Clients ask again when they hear this one.
    expect(code).not.toBe(RPC_CODES.internal);
  });

  it('brings the bytes of a revert', () => {
    const data = Uint8Array.of(0xde, 0xad);
    const error = new ExecutionError({ code: 'REVERTED', data, reason: undefined }, 'execution reverted');
    expect(rpcErrorFromFault(error)?.toJSON()).toEqual({ code: 3, message: 'execution reverted', data: '0xdead' });
  });

  it('brings empty bytes with an empty revert, and with a halt, which matchers know by its words', () => {
    const data = new Uint8Array();
    const empty = new ExecutionError({ code: 'REVERTED', data, reason: undefined }, 'execution reverted');
    expect(rpcErrorFromFault(empty)?.toJSON()).toEqual({ code: 3, message: 'execution reverted', data: '0x' });
    const message = 'EVM error OutOfGas: out of gas';
    const halted = new ExecutionError({ code: 'HALTED', halt: 'OutOfGas', detail: 'out of gas' }, message);
    expect(rpcErrorFromFault(halted)?.toJSON()).toEqual({ code: -32003, message, data: '0x' });
  });

  it('takes the number that the specification gives a refused simulation', () => {
    const error = new ExecutionError({ code: 'SIMULATION_REFUSED', rpcCode: -38020, detail: 'x' }, 'x');
    expect(rpcErrorFromFault(error)?.code).toBe(-38020);
  });
});

describe('anything else', () => {
  it('is an answer already', () => {
    const error = new RpcError(-32602, 'params[0]');
    expect(rpcErrorFromFault(error)).toBe(error);
  });

  it('is nobody’s to explain', () => {
    expect(rpcErrorFromFault(new Error('bug'))).toBeUndefined();
    expect(rpcErrorFromFault(new CoreError({ code: 'INVARIANT' }, 'bug'))).toBeUndefined();
    expect(rpcErrorFromFault(new CoreError({ code: 'constructor' }, 'bug'))).toBeUndefined();
    expect(rpcErrorFromFault('bug')).toBeUndefined();
  });
});
