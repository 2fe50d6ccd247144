import type { BlockHeader } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { CoreFull, CoreResult, CoreStateReader, StateChanges, Suspended, UnitCompiler } from '@minichain/evm';
import type { OpenState } from '../../state/stateStore.ts';
import type { BlockHashLookup } from '../openVm.ts';
import { corePrecompiles } from './corePrecompiles.ts';
import { CoreRecorder } from './coreRecorder.ts';
import { type ForkRules, forkRules } from './forkRules.ts';

type CoreModule = typeof import('@minichain/evm');

/** What a core is opened on. */
export interface CoreWorld {
  readonly state: OpenState;
  readonly blockHash: BlockHashLookup;
}

/** Gas between two looks at the clock: some milliseconds of ordinary code. */
const SLICE = { nothing: 5_000_000n, messages: 500_000n, steps: 50_000n };

/** A core with what it stands on; goes from one user to the next. */
export class CoreSeat {
  readonly common: Common;
  readonly core: InstanceType<CoreModule['Core']>;
  readonly recorder: CoreRecorder;
  readonly rules: ForkRules;
  readonly precompiles: readonly Uint8Array[];
  #world: CoreWorld | undefined;
  #header: BlockHeader | undefined;
  /** Whether it knows anything that the state may have changed since. */
  #isFresh = false;
  #isLarge = false;

  constructor({ Core }: CoreModule, common: Common, compiler?: UnitCompiler) {
    const { at, addresses } = corePrecompiles(common);
    this.common = common;
    this.rules = forkRules(common);
    this.precompiles = addresses;
    this.core = new Core({ common, precompile: at, limits: limitsOf(common), compiler });
    this.recorder = new CoreRecorder(this.core);
  }

  /** Whether its instance was made larger than others are: such a one is not kept. */
  get isLarge(): boolean {
    return this.#isLarge;
  }

  get world(): CoreWorld | undefined {
    return this.#world;
  }

  /** Stands on another state from now on, or knows that the one it stands on was changed. */
  turnTo(world: CoreWorld): void {
    this.#world = world;
    this.#isFresh = true;
  }

  /** What it knows may no longer be so: whoever comes next begins anew. */
  leave(): void {
    this.#world = undefined;
    this.#isFresh = true;
  }

  /** Opens the state if that has to be done, and the block. */
  use(header?: BlockHeader): void {
    if (this.#isFresh) {
      this.core.open(readerOf(this.#world as CoreWorld));
      this.#isFresh = false;
    }
    if (header === undefined || header === this.#header) return;
    this.#header = header;
    this.core.setBlock(blockFromHeader(header, this.common));
  }

  /** A slice that is used up stays so until there is another. */
  allowSlice(): void {
    this.core.slice = SLICE[this.recorder.watches];
  }

  resume(): CoreResult | Suspended {
    this.allowSlice();
    return this.core.resume();
  }

  /** Hands to the state what the core has changed. */
  settle(): StateChanges | undefined {
    if (this.#isFresh) return undefined;
    const changes = this.core.takeChanges();
    (this.#world as CoreWorld).state.manager.apply(changes);
    this.core.settle();
    return changes;
  }

  /** Makes room. What was changed before the transaction that did not fit is in the state by then. */
  enlarge(full: CoreFull): void {
    this.core.enlarge(full);
    this.recorder.forget();
    this.#isLarge = true;
    this.#header = undefined;
  }
}

function readerOf({ state, blockHash }: CoreWorld): CoreStateReader {
  const { manager } = state;
  return {
    account: (address) => manager.accountNow(address),
    slot: (address, key) => manager.slotNow(address, key),
    code: (hash) => manager.codeNow(hash),
    blockHash,
  };
}

function limitsOf(common: Common): { maxCodeSize?: number; maxInitcodeSize?: number } {
  return {
    ...(common.gteHardfork(Hardfork.SpuriousDragon) ? { maxCodeSize: Number(common.param('maxCodeSize')) } : {}),
    ...(common.isActivatedEIP(3860) ? { maxInitcodeSize: Number(common.param('maxInitCodeSize')) } : {}),
  };
}

function blockFromHeader(header: BlockHeader, common: Common) {
  const isMerged = common.gteHardfork(Hardfork.Paris);
  return {
    number: header.number,
    timestamp: header.timestamp,
    coinbase: header.coinbase.bytes,
    gasLimit: header.gasLimit,
    baseFee: header.baseFeePerGas,
    blobBaseFee: header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice(),
    chainId: common.chainId(),
    ...(isMerged ? { prevRandao: header.mixHash } : { difficulty: header.difficulty }),
  };
}
