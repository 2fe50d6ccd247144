import type { BlockHeader } from '@ethereumjs/block';
import {
  Address,
  bigIntToAddressBytes,
  bigIntToBytes,
  bytesToHex,
  CLRequest,
  CLRequestType,
  concatBytes,
  createAddressFromString,
  hexToBytes,
  setLengthLeft,
} from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import type { Log } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { SYSTEM_CONTRACTS } from '../blocks/predeploys.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { transactionError } from '../transactions/faults.ts';

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

const QUEUE_SLOTS = [0n, 1n, 2n, 3n].map((slot) => setLengthLeft(bigIntToBytes(slot), 32));

const slotOf = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);

async function storeInRing(vm: VM, contract: Address, entries: readonly (readonly [bigint, Uint8Array])[]) {
  const code = await vm.stateManager.getCode(contract);
  if (code.length === 0) return;
  for (const [slot, value] of entries) await vm.stateManager.putStorage(contract, slotOf(slot), value);
  await vm.evm.journal.cleanup();
}

/** What a block does before its first transaction: beacon root (EIP-4788) and parent hash (EIP-2935) into their contracts. */
export async function startBlock(vm: VM, header: BlockHeader): Promise<void> {
  const { common } = vm;
  if (common.isActivatedEIP(4788)) {
    const ring = common.param('historicalRootsLength');
    const index = header.timestamp % ring;
    await storeInRing(vm, BEACON_ROOTS, [
      [index, bigIntToBytes(header.timestamp)],
      [index + ring, header.parentBeaconBlockRoot as Uint8Array],
    ]);
  }
  if (common.isActivatedEIP(2935)) {
    const contract = new Address(bigIntToAddressBytes(common.param('historyStorageAddress')));
    const slot = (header.number - 1n) % common.param('historyServeWindow');
    await storeInRing(vm, contract, [[slot, header.parentHash]]);
  }
}

function depositsFromLogs(vm: VM, logs: readonly Log[]): CLRequest<CLRequestType> {
  const { depositContractAddress } = (vm.common as unknown as { _chainParams: { depositContractAddress: string } })
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
  { eip: 7002, param: 'withdrawalRequestPredeployAddress' },
  { eip: 7251, param: 'consolidationRequestPredeployAddress' },
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
      const why = result.execResult.exceptionError.error;
      throw blockError({ code: 'BLOCK_INVALID', detail: `the call of system contract ${target} failed: ${why}` });
    }
    if ((await stateManager.getCode(options.to as Address)).length > 0) answered.add(target);
    return result;
  };
  return () => {
    const missing = queues.find((queue) => !answered.has(queue));
    if (missing !== undefined) {
      throw blockError({ code: 'BLOCK_INVALID', detail: `system contract ${missing} has no code` });
    }
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

/**
 * Whether the call of a request contract would return nothing and write nothing: its code is the one we know, and excess,
 * count, head and tail of its queue (slots 0 to 3) are zero. Nearly every block of a development chain is such a one, and
 * the two calls would cost more than all else in it.
 */
async function isQueueIdle(vm: VM, contract: Address): Promise<boolean> {
  const account = await vm.stateManager.getAccount(contract);
  if (account === undefined || !isQueueCode(account.codeHash)) return false;
  for (const slot of QUEUE_SLOTS) {
    if ((await vm.stateManager.getStorage(contract, slot)).some((byte) => byte !== 0)) return false;
  }
  return true;
}

/** A system call reads a contract's request queue; the system account it comes from leaves no trace. */
async function readQueue(vm: VM, type: CLRequestType, contractParam: string): Promise<CLRequest<CLRequestType>> {
  const contract = new Address(bigIntToAddressBytes(vm.common.param(contractParam)));
  if (await isQueueIdle(vm, contract)) return new CLRequest(type, new Uint8Array());
  const system = new Address(bigIntToAddressBytes(vm.common.param('systemAddress')));
  const code = await vm.stateManager.getCode(contract);
  if (code.length === 0) return new CLRequest(type, new Uint8Array());
  const before = await vm.stateManager.getAccount(system);
  const { execResult } = await vm.evm.runCall({
    caller: system,
    to: contract,
    gasLimit: vm.common.param('systemCallGasLimit'),
  });
  if (before === undefined) await vm.stateManager.deleteAccount(system);
  else await vm.stateManager.putAccount(system, before);
  return new CLRequest(type, execResult.exceptionError === undefined ? execResult.returnValue : new Uint8Array());
}

/** What a block does after its last transaction: the execution requests of EIP-7685, in the order of their type. */
export async function collectRequests(vm: VM, logs: readonly Log[]): Promise<CLRequest<CLRequestType>[]> {
  const requests: CLRequest<CLRequestType>[] = [];
  if (vm.common.isActivatedEIP(6110)) requests.push(depositsFromLogs(vm, logs));
  if (vm.common.isActivatedEIP(7002)) {
    requests.push(await readQueue(vm, CLRequestType.Withdrawal, 'withdrawalRequestPredeployAddress'));
  }
  if (vm.common.isActivatedEIP(7251)) {
    requests.push(await readQueue(vm, CLRequestType.Consolidation, 'consolidationRequestPredeployAddress'));
  }
  if (vm.common.isActivatedEIP(8282)) {
    requests.push(await readQueue(vm, CLRequestType.BuilderDeposit, 'builderDepositContractAddress'));
    requests.push(await readQueue(vm, CLRequestType.BuilderExit, 'builderExitContractAddress'));
  }
  return requests;
}
