import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import {
  Address,
  bigIntToAddressBytes,
  bigIntToBytes,
  bytesToHex,
  CLRequest,
  CLRequestType,
  concatBytes,
  createAddressFromString,
  equalsBytes,
  hexToBytes,
  KECCAK256_NULL,
} from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import type { Log } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { SYSTEM_CONTRACTS } from '../blocks/predeploys.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { transactionError } from '../transactions/faults.ts';
import type { EditableState, Machine } from './engine/machine.ts';

const BEACON_ROOTS = createAddressFromString('0x000f3df6d732807ef1319fb7b8bb8522d0beac02');
const DEPOSIT_TOPIC = '0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5';

/** Places of the five fields in a deposit log's data (EIP-6110): offset and length in bytes. */
const DEPOSIT_FIELDS = [
  [192, 48],
  [288, 32],
  [352, 8],
  [416, 96],
  [544, 8],
] as const;
const DEPOSIT_LOG_SIZE = 576;

function slotOf(value: bigint): Uint8Array {
  const slot = new Uint8Array(32);
  // Rings are short.
  new DataView(slot.buffer).setBigUint64(24, value);
  return slot;
}

const QUEUE_SLOTS = [0n, 1n, 2n, 3n].map(slotOf);

/** What a block writes into one ring of slots before its first transaction. */
export interface RingWrite {
  readonly contract: Address;
  /** Slot and value; a value of zeros takes the slot away. */
  readonly entries: readonly (readonly [slot: bigint, value: Uint8Array])[];
}

/** Beacon root (EIP-4788) and parent hash (EIP-2935), as their contracts keep them. */
export function ringWrites(
  common: Common,
  header: Pick<BlockHeader, 'number' | 'timestamp' | 'parentHash' | 'parentBeaconBlockRoot'>,
): RingWrite[] {
  const writes: RingWrite[] = [];
  if (common.isActivatedEIP(4788)) {
    const ring = common.param('historicalRootsLength');
    const index = header.timestamp % ring;
    writes.push({
      contract: BEACON_ROOTS,
      entries: [
        [index, bigIntToBytes(header.timestamp)],
        [index + ring, header.parentBeaconBlockRoot as Uint8Array],
      ],
    });
  }
  if (common.isActivatedEIP(2935)) {
    const contract = new Address(bigIntToAddressBytes(common.param('historyStorageAddress')));
    const slot = (header.number - 1n) % common.param('historyServeWindow');
    writes.push({ contract, entries: [[slot, header.parentHash]] });
  }
  return writes;
}

/** Writes the rings whose contracts are there. */
export async function writeRings(
  state: Pick<EditableState, 'accountNow' | 'putStorage'>,
  writes: readonly RingWrite[],
): Promise<void> {
  for (const { contract, entries } of writes) {
    const account = state.accountNow(contract.bytes);
    if (account === undefined || equalsBytes(account.codeHash, KECCAK256_NULL)) continue;
    for (const [slot, value] of entries) await state.putStorage(contract, slotOf(slot), value);
  }
}

/** What a block does before its first transaction: it writes into its rings. */
export async function startBlock(machine: Machine, header: BlockHeader): Promise<void> {
  const writes = ringWrites(machine.common, header);
  if (writes.length > 0) await machine.edit((state) => writeRings(state, writes));
}

function depositsFromLogs(common: Common, logs: readonly Log[]): CLRequest<CLRequestType> {
  const { depositContractAddress } = (common as unknown as { _chainParams: { depositContractAddress: string } })
    ._chainParams;
  const deposits: Uint8Array[] = [];
  for (const { address, topics, data } of logs) {
    const isDeposit =
      topics[0] !== undefined &&
      bytesToHex(topics[0]) === DEPOSIT_TOPIC &&
      bytesToHex(address) === depositContractAddress.toLowerCase();
    if (!isDeposit) continue;
    if (data.length !== DEPOSIT_LOG_SIZE) {
      throw transactionError({ code: 'TRANSACTION_MALFORMED', detail: 'invalid deposit log: unsupported data layout' });
    }
    for (const [offset, length] of DEPOSIT_FIELDS) deposits.push(data.subarray(offset, offset + length));
  }
  return new CLRequest(CLRequestType.Deposit, concatBytes(...deposits));
}

/** Contracts whose request queue ends every block, by the EIP that brought them. */
const QUEUES = [
  { eip: 7002, type: CLRequestType.Withdrawal, param: 'withdrawalRequestPredeployAddress' },
  { eip: 7251, type: CLRequestType.Consolidation, param: 'consolidationRequestPredeployAddress' },
] as const;
const BUILDER_QUEUES = [
  { type: CLRequestType.BuilderDeposit, param: 'builderDepositContractAddress' },
  { type: CLRequestType.BuilderExit, param: 'builderExitContractAddress' },
] as const;

/**
 * EIP-7002 and EIP-7251: a block is invalid when a queue's contract has no code or its call fails. The library reads an
 * empty queue from either, so its calls are watched.
 * @returns the check to make after the block ran. @throws BlockError BLOCK_INVALID, from the watched call or from the check.
 */
export function watchRequestQueues(vm: VM): () => void {
  const { common, evm, stateManager } = vm;
  const queues = QUEUES.filter(({ eip }) => common.isActivatedEIP(eip)).map(({ param }) =>
    new Address(bigIntToAddressBytes(common.param(param))).toString(),
  );
  const answered = new Set<string>();
  const runCall = evm.runCall.bind(evm);
  evm.runCall = async (options) => {
    const result = await runCall(options);
    const target = options.to?.toString();
    if (options.block !== undefined || target === undefined || !queues.includes(target as never)) return result;
    if (result.execResult.exceptionError !== undefined) {
      throw queueFailed(options.to as Address, result.execResult.exceptionError.error);
    }
    if ((await stateManager.getCode(options.to as Address)).length > 0) answered.add(target);
    return result;
  };
  return () => {
    const missing = queues.find((queue) => !answered.has(queue));
    if (missing !== undefined) throw queueMissing(missing);
  };
}

/** Hashes of the request contracts' code as their EIPs give it, known on first use. */
let queueCodeHashes: ReadonlySet<string> | undefined;

function isQueueCode(codeHash: Uint8Array): boolean {
  queueCodeHashes ??= new Set(
    SYSTEM_CONTRACTS.filter(({ eip }) => QUEUES.some((queue) => queue.eip === eip)).map(({ code }) =>
      bytesToHex(keccak256(hexToBytes(code))),
    ),
  );
  return queueCodeHashes.has(bytesToHex(codeHash));
}

type QueueReader = Pick<Machine, 'settledAccount' | 'storage'>;

/**
 * Whether the call of a request contract would return nothing and write nothing: its code is the one we know, and excess,
 * count, head and tail of its queue (slots 0 to 3) are zero. Nearly every block of a development chain is such a one, and
 * the two calls would cost more than all else in it.
 */
async function isQueueIdle(machine: QueueReader, contract: Address): Promise<boolean> {
  const account = machine.settledAccount(contract);
  if (account === undefined || !isQueueCode(account.codeHash)) return false;
  if (!account.hasStorage) return true;
  for (const slot of QUEUE_SLOTS) {
    if ((await machine.storage(contract, slot)).some((byte) => byte !== 0)) return false;
  }
  return true;
}

/**
 * Whether a block without transactions would have no requests and change nothing by asking for them.
 * @param state to which nothing was written yet.
 */
export async function areQueuesIdle(
  state: Pick<EditableState, 'accountNow' | 'slotNow'>,
  common: Common,
): Promise<boolean> {
  // Of the builders' queues we do not know what they are like when they are idle.
  if (common.isActivatedEIP(8282)) return false;
  const reads: QueueReader = {
    settledAccount: ({ bytes }) => state.accountNow(bytes),
    storage: ({ bytes }, slot) => state.slotNow(bytes, slot),
  };
  for (const { eip, param } of QUEUES) {
    if (!common.isActivatedEIP(eip)) continue;
    const contract = new Address(bigIntToAddressBytes(common.param(param)));
    const account = state.accountNow(contract.bytes);
    if (account === undefined || equalsBytes(account.codeHash, KECCAK256_NULL)) continue;
    if (!(await isQueueIdle(reads, contract))) return false;
  }
  return true;
}

const queueFailed = (contract: Address, why: string) =>
  blockError({ code: 'BLOCK_INVALID', detail: `the call of system contract ${contract} failed: ${why}` });
const queueMissing = (contract: Address | string) =>
  blockError({ code: 'BLOCK_INVALID', detail: `system contract ${contract} has no code` });

/** A system call reads a contract's request queue. */
async function readQueue(
  machine: Machine,
  { type, param }: { readonly type: CLRequestType; readonly param: string },
  mustAnswer: boolean,
): Promise<CLRequest<CLRequestType>> {
  const contract = new Address(bigIntToAddressBytes(machine.common.param(param)));
  if (await isQueueIdle(machine, contract)) return new CLRequest(type, new Uint8Array());
  if ((await machine.code(contract)).length === 0) {
    if (mustAnswer) throw queueMissing(contract);
    return new CLRequest(type, new Uint8Array());
  }
  const { output, halt } = await machine.callSystem(contract);
  if (halt !== undefined && mustAnswer) throw queueFailed(contract, halt);
  return new CLRequest(type, halt === undefined ? output : new Uint8Array());
}

export interface RequestRules {
  /** Whether a queue's contract that is not there, or fails, makes the block invalid (EIP-7002, EIP-7251). */
  readonly mustAnswer: boolean;
}

/**
 * What a block does after its last transaction: the execution requests of EIP-7685, in the order of their type.
 * @throws BlockError BLOCK_INVALID where queues must answer; TransactionError for a deposit log that cannot be read.
 */
export async function collectRequests(
  machine: Machine,
  logs: readonly Log[],
  { mustAnswer }: RequestRules = { mustAnswer: false },
): Promise<CLRequest<CLRequestType>[]> {
  const { common } = machine;
  const requests: CLRequest<CLRequestType>[] = [];
  if (common.isActivatedEIP(6110)) requests.push(depositsFromLogs(common, logs));
  for (const { eip, ...queue } of QUEUES) {
    if (common.isActivatedEIP(eip)) requests.push(await readQueue(machine, queue, mustAnswer));
  }
  for (const queue of common.isActivatedEIP(8282) ? BUILDER_QUEUES : []) {
    requests.push(await readQueue(machine, queue, mustAnswer));
  }
  return requests;
}
