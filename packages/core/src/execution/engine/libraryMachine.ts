import type { Block, BlockHeader } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import { Address, bigIntToAddressBytes } from '@ethereumjs/util';
import { type RunTxResult, runTx, type VM } from '@ethereumjs/vm';
import { NO_LOGS } from '../../blocks/logsBloom.ts';
import type { AccountNow } from '../../state/accountEntry.ts';
import type { OpenState } from '../../state/stateStore.ts';
import { blockOfHeader } from '../environmentHeader.ts';
import { type MessageRecorder, recordMessages } from '../messageRecorder.ts';
import { type OpenVmOptions, openVm } from '../openVm.ts';
import { observe } from './libraryObserver.ts';
import type {
  EditableState,
  Machine,
  MachineAccount,
  MessageRecord,
  SystemCallResult,
  TransactionResult,
  TransactionRun,
} from './machine.ts';

/** Before Homestead a creation that cannot pay for its code succeeds without any. */
const UNPAID_CODE = 'code store out of gas';

function haltFrom({ execResult }: Pick<RunTxResult, 'execResult'>, common: Common): string | undefined {
  const halt = execResult.exceptionError?.error;
  return halt === UNPAID_CODE && !common.gteHardfork(Hardfork.Homestead) ? undefined : halt;
}

function recordOf(recorder: MessageRecorder): MessageRecord {
  const trace = recorder.trace();
  return {
    activity: recorder.activity(),
    consoleLines: recorder.consoleLines(),
    ...(trace === undefined ? {} : { trace }),
  };
}

/** The library's outcome of a transaction as ours. */
export function resultFromLibrary(
  result: RunTxResult,
  { common, intrinsicGas }: { common: Common; intrinsicGas: bigint },
): TransactionResult {
  const { receipt, execResult } = result;
  return {
    gasUsed: result.totalGasSpent,
    // The library reports the refund before its cap (EIP-3529), so what was spent cannot be told from it.
    gasBeforeRefund: execResult.executionGasUsed + intrinsicGas,
    output: execResult.returnValue,
    halt: haltFrom(result, common),
    logs: receipt.logs.map(([address, topics, data]) => ({ address, topics, data })),
    logsBloom: receipt.logs.length === 0 ? NO_LOGS : receipt.bitvector,
    ...('stateRoot' in receipt ? { stateRoot: receipt.stateRoot } : {}),
  };
}

/** Runs transactions by EthereumJS. Whoever wants to listen to its opcodes finds its EVM in `vm`. */
export class LibraryMachine implements Machine {
  readonly vm: VM;
  readonly state: OpenState;
  /** Headers as the library wants them, so that a block is made once and not with each of its transactions. */
  readonly #blocks = new WeakMap<BlockHeader, Block>();

  constructor(vm: VM, state: OpenState) {
    this.vm = vm;
    this.state = state;
  }

  get common(): Common {
    return this.vm.common;
  }

  async run(run: TransactionRun): Promise<TransactionResult> {
    const { manager } = this.state;
    const { recording = 'nothing' } = run;
    const tx = run.typed();
    const { observer } = run;
    const recorder =
      recording === 'nothing' || observer !== undefined
        ? undefined
        : recordMessages(this.vm.evm, { keepTrace: recording === 'tree' });
    const stopObserving = observer === undefined ? undefined : observe(this.vm.evm, manager, observer);
    const showAgain = this.#showHeader(run);
    if (run.anySender === true) manager.maskSender(run.sender);
    try {
      const result = await runTx(this.vm, {
        tx,
        block: this.#settlementBlock(run),
        blockGasUsed: run.gasUsedBefore,
        skipNonce: run.anyNonce === true,
        skipBlockGasLimitValidation: run.anyGasLimit === true,
        skipHardForkValidation: true,
      });
      const ours = resultFromLibrary(result, { common: this.common, intrinsicGas: tx.getIntrinsicGas() });
      if (recorder === undefined) return ours;
      const unlogged = recording === 'console' ? { logs: [], logsBloom: NO_LOGS } : {};
      return { ...ours, ...unlogged, record: recordOf(recorder) };
    } finally {
      recorder?.stop();
      stopObserving?.();
      manager.unmaskSender();
      showAgain();
    }
  }

  async attempt(run: TransactionRun): Promise<TransactionResult> {
    const { journal } = this.vm.evm;
    await journal.checkpoint();
    try {
      return await this.run(run);
    } finally {
      await journal.revert();
    }
  }

  async callSystem(contract: Address): Promise<SystemCallResult> {
    const { vm } = this;
    const { manager } = this.state;
    const system = new Address(bigIntToAddressBytes(vm.common.param('systemAddress')));
    const before = await manager.getAccount(system);
    const result = await vm.evm.runCall({
      caller: system,
      to: contract,
      gasLimit: vm.common.param('systemCallGasLimit'),
    });
    if (before === undefined) await manager.deleteAccount(system);
    else await manager.putAccount(system, before);
    await vm.evm.journal.cleanup();
    return { output: result.execResult.returnValue, halt: haltFrom(result, vm.common) };
  }

  account(address: Address): Promise<MachineAccount | undefined> {
    return this.state.manager.getAccount(address);
  }

  settledAccount(address: Address): AccountNow | undefined {
    return this.state.manager.accountNow(address.bytes);
  }

  code(address: Address): Promise<Uint8Array> {
    return this.state.manager.getCode(address);
  }

  storage(address: Address, key: Uint8Array): Promise<Uint8Array> {
    return this.state.manager.getStorage(address, key);
  }

  isPrecompile(address: Address): boolean {
    return this.vm.evm.getPrecompile?.(address) !== undefined;
  }

  async edit(change: (state: EditableState) => Promise<void>): Promise<void> {
    await change(this.state.manager);
    this.state.manager.originalStorageCache.clear();
  }

  stateRoot(): Promise<Uint8Array> {
    return this.state.manager.getStateRoot();
  }

  close(): void {}

  #block(header: BlockHeader): Block {
    const known = this.#blocks.get(header);
    if (known !== undefined) return known;
    const block = blockOfHeader(header);
    this.#blocks.set(header, block);
    return block;
  }

  /** The block that fees are settled by. */
  #settlementBlock({ header, prices }: TransactionRun): Block {
    if (prices === undefined) return this.#block(header);
    const { baseFee, blobBaseFee } = prices;
    const settled: BlockHeader = Object.create(header, {
      ...(baseFee === undefined ? {} : { baseFeePerGas: { value: baseFee } }),
      ...(blobBaseFee === undefined ? {} : { getBlobGasPrice: { value: () => blobBaseFee } }),
    });
    return blockOfHeader(settled);
  }

  /** Code sees the run's header where fees are settled by other prices. @returns what ends that. */
  #showHeader({ header, prices }: TransactionRun): () => void {
    if (prices === undefined) return () => {};
    const { evm } = this.vm;
    const { runCall } = evm;
    const block = this.#block(header);
    evm.runCall = (options) => runCall.call(evm, options.block === undefined ? options : { ...options, block });
    return () => {
      evm.runCall = runCall;
    };
  }
}

/** @example const machine = await openLibraryMachine({ state: stateStore.open(root), common, blockHash }) */
export async function openLibraryMachine(options: OpenVmOptions): Promise<LibraryMachine> {
  return new LibraryMachine(await openVm(options), options.state);
}
