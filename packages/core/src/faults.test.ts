import { expect, it } from 'vitest';
import { type AccountFault, accountError } from './accounts/faults.ts';
import { type BlockFault, blockError } from './blocks/faults.ts';
import { type ClockFault, clockError } from './clockFaults.ts';
import type { CoreError } from './errors.ts';
import { type ExecutionFault, executionError } from './execution/faults.ts';
import { type HardforkFault, hardforkError } from './hardforks/faults.ts';
import { type PoolFault, poolError } from './pool/faults.ts';
import { type StateFault, stateError } from './state/faults.ts';
import { type StorageFault, storageError } from './storage/faults.ts';
import { type TransactionFault, transactionError } from './transactions/faults.ts';

/** The facts of one fault of each kind, and its sentence. A new fault does not compile until it stands here. */
type Table<F extends { readonly code: string }> = {
  readonly [C in F['code']]: readonly [facts: Omit<Extract<F, { readonly code: C }>, 'code'>, sentence: string];
};

const accounts: Table<AccountFault> = {
  ACCOUNT_UNKNOWN: [
    { address: '0xaa' },
    'unknown account 0xaa: it is neither a dev account nor impersonated (see hardhat_impersonateAccount)',
  ],
  KEY_UNKNOWN: [{ address: '0xaa' }, 'unknown account 0xaa: this node has no key of it to sign with'],
  ACCOUNT_LOCKED: [
    { address: '0xaa' },
    'authentication needed: password or unlock; account 0xaa is locked (see personal_unlockAccount)',
  ],
  ACCOUNT_EXISTS: [{ address: '0xaa' }, 'account already exists: 0xaa'],
  PASSPHRASE_WRONG: [{ address: '0xaa' }, 'could not decrypt key with given password: account 0xaa'],
  KEYSTORE_INVALID: [
    { detail: 'x.json: expected version 3, got 1' },
    'invalid keystore: x.json: expected version 3, got 1',
  ],
  KEY_INVALID: [{}, 'invalid private key: expected 32 bytes, a number from 1 to the order of secp256k1'],
  SIGNATURE_UNUSABLE: [{}, 'invalid signature: no public key can have made it (v must be 0, 1, 27 or 28)'],
  MNEMONIC_INVALID: [{ detail: 'three words' }, 'invalid mnemonic: three words'],
  DERIVATION_PATH_INVALID: [
    { path: 'm/x' },
    "invalid derivation path \"m/x\"; expected something like m/44'/60'/0'/0/",
  ],
};

const blocks: Table<BlockFault> = {
  BLOCK_NOT_FOUND: [{ wanted: 'number 9', head: 3n }, 'block not found: number 9; the latest block is 3'],
  BLOCK_NOT_CANONICAL: [{ hash: '0xaa' }, 'hash 0xaa is not currently canonical'],
  BLOCK_NOT_KEPT: [{ hash: '0xaa' }, 'block 0xaa is no longer kept: it was pruned'],
  HISTORY_PRUNED: [{ number: 3n, oldest: 9n }, 'pruned history unavailable: block 3; the oldest that is kept is 9'],
  TRANSACTION_NOT_FOUND: [{ hash: '0xaa' }, 'transaction not found: 0xaa'],
  GENESIS_FOREIGN: [{ theirs: '0x01', ours: '0x02' }, "it is the genesis 0x01 of another chain; this one's is 0x02"],
  BLOCK_INVALID: [{ detail: 'no parent' }, 'invalid block: no parent'],
  PARENT_UNKNOWN: [{ hash: '0xaa' }, 'unknown ancestor 0xaa'],
  DEPTH_TOO_LARGE: [{ depth: 9n, most: 3n }, 'depth 9 is too large: at most 3 blocks can be taken off the chain here'],
};

const clock: Table<ClockFault> = {
  TIMESTAMP_NOT_AFTER_HEAD: [{ timestamp: 1n, head: 5n }, "timestamp 1 is not after the previous block's timestamp 5"],
  TIME_NEGATIVE: [{ seconds: -1n }, 'time can only be increased, got -1 seconds'],
};

const execution: Table<ExecutionFault> = {
  REVERTED: [{ data: new Uint8Array(), reason: 'no' }, 'execution reverted: no'],
  HALTED: [{ halt: 'OutOfGas', detail: 'out of gas' }, 'EVM error OutOfGas: out of gas'],
  INTRINSIC_GAS_TOO_LOW: [{ gasLimit: 1n, needed: 21000n }, 'intrinsic gas too low: gas 1, minimum needed 21000'],
  GAS_ALLOWANCE_EXCEEDED: [{ allowance: 7n }, 'gas required exceeds allowance (7)'],
  CALL_FUNDS_INSUFFICIENT: [
    { sender: '0xaa', have: 1n, want: 2n },
    'insufficient funds for gas * price + value: address 0xaa have 1 want 2',
  ],
  CALL_FEE_CAP_BELOW_BASE_FEE: [
    { feeCap: 1n, baseFee: 2n },
    'max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 2',
  ],
  CALL_TIP_ABOVE_FEE_CAP: [
    { tip: 2n, feeCap: 1n },
    'max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: 2, maxFeePerGas: 1',
  ],
  OVERRIDE_INVALID: [{ detail: 'twice' }, 'twice'],
  CALL_INVALID: [{ detail: 'not so' }, 'not so'],
  SIMULATION_REFUSED: [{ rpcCode: -38020, detail: 'backwards' }, 'backwards'],
  TRACER_UNKNOWN: [
    { tracer: 'x' },
    'tracer "x" is not known; use callTracer, flatCallTracer, prestateTracer, 4byteTracer, muxTracer, noopTracer, a tracer in JavaScript ({ step, fault, result, … }), or leave it out for struct logs',
  ],
  TRACER_FAILED: [{ detail: 'execution timeout' }, 'execution timeout'],
  ENGINES_DIFFER: [
    { detail: 'gas used is 1 by EthereumJS, 2 by the core' },
    'the engines differ: gas used is 1 by EthereumJS, 2 by the core',
  ],
  TIMED_OUT: [{ limitMs: 2_500 }, 'execution aborted (timeout = 2.5s)'],
  TRACE_TOO_LARGE: [
    { limit: 1024 },
    "trace too large: over 1024 bytes; ask for less (disableStack, disableStorage, limit, onlyTopCall), or raise the node's --trace-limit",
  ],
};

const hardforks: Table<HardforkFault> = {
  GENESIS_INVALID: [{ detail: 'alloc' }, 'invalid genesis: alloc'],
  HARDFORK_SCHEDULE_INVALID: [{ detail: 'no fork at 0' }, 'invalid hardfork schedule: no fork at 0'],
  HARDFORK_UNKNOWN: [
    { name: 'x', known: ['berlin', 'london'] },
    'unknown hardfork "x"; known are latest, berlin, london',
  ],
};

const pool: Table<PoolFault> = {
  NONCE_TOO_LOW: [{ sender: '0xaa', expected: 3n, got: 1n }, 'nonce too low: next nonce 3, tx nonce 1'],
  NONCE_TOO_HIGH: [
    { sender: '0xaa', expected: 3n, got: 5n },
    'nonce too high: next nonce 3, tx nonce 5 (start without --strict-nonce to have it wait)',
  ],
  NONCE_MAX: [{ sender: '0xaa' }, 'nonce has max value: address 0xaa'],
  ALREADY_KNOWN: [{ hash: '0xaa' }, 'already known: 0xaa'],
  REPLACEMENT_UNDERPRICED: [
    { nonce: 4n, needed: 11n, got: 10n },
    'replacement transaction underpriced: needs at least 11 wei per gas, got 10',
  ],
  FUNDS_INSUFFICIENT: [
    { sender: '0xaa', have: 1n, want: 2n },
    'insufficient funds for gas * price + value: address 0xaa have 1 want 2',
  ],
  INTRINSIC_GAS_LOW: [{ gasLimit: 1n, needed: 21000n }, 'intrinsic gas too low: gas 1, minimum needed 21000'],
  FLOOR_GAS_LOW: [
    { gasLimit: 1n, needed: 2n },
    'intrinsic gas too low: gas 1, minimum needed 2 (insufficient gas for floor data gas cost, EIP-7623)',
  ],
  GAS_LIMIT_ABOVE_BLOCK: [
    { gasLimit: 2n, blockGasLimit: 1n },
    'exceeds block gas limit: gas 2, block gas limit reached at 1',
  ],
  GAS_LIMIT_ABOVE_CAP: [
    { gasLimit: 2n, cap: 1n },
    'transaction gas limit too high: gas 2, cap 1 (EIP-7825; start with --disable-tx-gas-cap to allow it)',
  ],
  FEE_CAP_BELOW_BASE_FEE: [
    { feeCap: 1n, baseFee: 2n },
    'max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 2',
  ],
  TIP_ABOVE_FEE_CAP: [
    { tip: 2n, feeCap: 1n },
    'max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: 2, maxFeePerGas: 1',
  ],
  BLOB_FEE_CAP_TOO_LOW: [
    { feeCap: 1n, blobBaseFee: 2n },
    'max fee per blob gas less than block blob gas fee: maxFeePerBlobGas: 1, blobBaseFee: 2',
  ],
  INITCODE_TOO_LARGE: [{ size: 2, limit: 1 }, 'max initcode size exceeded: code size 2, limit 1'],
  SENDER_IS_CONTRACT: [{ sender: '0xaa' }, 'sender not an eoa: address 0xaa'],
  POOL_FULL: [{ limit: 7 }, 'txpool is full: 7 transactions wait; mine some or raise the limit'],
  ACCOUNT_LIMIT: [
    { sender: '0xaa', waiting: 2, limit: 2 },
    "account limit exceeded: 2 transactions of 0xaa wait, at most 2; mine some, or raise the node's --account-tx-limit",
  ],
};

const state: Table<StateFault> = {
  STATE_NOT_AVAILABLE: [{ root: '0xaa' }, 'state 0xaa is not available: it was pruned, or is none of this chain'],
  BALANCE_OVERFLOW: [{ address: '0xaa' }, 'the balance of 0xaa would exceed 2^256 - 1'],
  SLOT_NOT_FOUND: [
    { token: '0xaa', asked: 'balanceOf' },
    'unable to set it: no slot found, no single word of storage decides what balanceOf of 0xaa answers',
  ],
  NUMBER_TOO_LARGE: [{ asked: 'balanceOf', most: 7n }, 'the number is too large: balanceOf has room for 7 at most'],
  DUMP_TOO_HIGH: [
    { number: 9n, most: 3n },
    'the state is that of block 9; empty blocks are mined to reach its height, but only up to 3',
  ],
};

const transactions: Table<TransactionFault> = {
  TRANSACTION_MALFORMED: [{ detail: 'no list' }, 'failed to decode transaction: no list'],
  TYPE_NOT_SUPPORTED: [
    { type: 4, hardfork: 'london' },
    'transaction type not valid in this context: type 4 under london',
  ],
  CHAIN_ID_MISMATCH: [{ got: 1n, expected: 2n }, 'invalid chain id for signer: have 1 want 2'],
  SIGNATURE_INVALID: [{ detail: 's is too large' }, 'invalid sender: s is too large'],
  BLOB_INVALID: [{ detail: 'a proof is wrong' }, 'invalid blob transaction: a proof is wrong'],
  REQUEST_INVALID: [{ detail: 'not so' }, 'not so'],
};

const storage: Table<StorageFault> = {
  DATABASE_LOCKED: [
    { path: '/data', holder: 'minichain node, process 7' },
    'the data directory /data is in use by minichain node, process 7; stop that node or choose another directory',
  ],
  DATABASE_FOREIGN: [
    { path: '/data', detail: 'no minichain.json' },
    '/data is not a minichain data directory: no minichain.json; it was left untouched',
  ],
  DATABASE_NEWER: [
    { path: '/data', found: 9, known: 1 },
    '/data was written by a newer minichain (schema 9, this one knows 1); it was left untouched',
  ],
  DATABASE_UNREADABLE: [
    { path: '/data', detail: 'no permission' },
    'cannot open the data directory /data: no permission',
  ],
  DATABASE_DAMAGED: [
    { path: '/data', detail: 'a file is short' },
    'the data in /data is damaged: a file is short; run minichain db check, or restore a backup',
  ],
  DATABASE_CONTRADICTS: [
    { path: '/data', option: 'chainId', given: '1', kept: '2' },
    '/data holds a chain whose chainId is 2, not 1; leave the option out or choose another directory',
  ],
  DIRECTORY_TAKEN: [
    { path: '/data', holder: { pid: 7, what: 'minichain node' } },
    'there is a chain in /data already, and process 7 (minichain node) has it open; a backup is restored only to an empty folder: name another one, or end that process (kill 7), move the directory away and restore again',
  ],
  DATABASE_BUSY: [{}, 'the database is being opened again; ask again in a moment'],
  DATABASE_CLOSED: [{}, 'the database is closed'],
  BACKUP_UNUSABLE: [{ path: '/backup', detail: 'no' }, 'the backup in /backup cannot be used: no'],
  WRITE_FAILED: [
    { detail: 'no space left on device' },
    'the chain could not be written: no space left on device; nothing of it was kept',
  ],
};

const rooms: readonly (readonly [Table<{ code: string }>, (fault: never) => CoreError])[] = [
  [accounts, accountError],
  [blocks, blockError],
  [clock, clockError],
  [execution, executionError],
  [hardforks, hardforkError],
  [pool, poolError],
  [state, stateError],
  [storage, storageError],
  [transactions, transactionError],
];

const every = rooms.flatMap(([table, errorOf]) =>
  Object.entries(table).map(([code, [facts, sentence]]) => ({ code, facts, sentence, errorOf })),
);

it.each(every)('$code: $sentence', ({ code, facts, sentence, errorOf }) => {
  const error = errorOf({ code, ...facts } as never);
  expect(error.message).toBe(sentence);
  expect(error.fault).toEqual({ code, ...facts });
  expect(error.name).toMatch(/^(Account|Block|Clock|Execution|Hardfork|Pool|State|Storage|Transaction)Error$/);
});

it('says no more of a revert without a reason', () => {
  expect(executionError({ code: 'REVERTED', data: new Uint8Array(), reason: undefined }).message).toBe(
    'execution reverted',
  );
});

it('keeps what caused it', () => {
  const cause = new TypeError('deep below');
  expect(transactionError({ code: 'REQUEST_INVALID', detail: 'not so' }, { cause }).cause).toBe(cause);
});
