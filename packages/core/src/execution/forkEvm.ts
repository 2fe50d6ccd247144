import type { Common } from '@ethereumjs/common';
import { EVM, type EVMOpts, type EVMResult, type EVMRunCallOpts, NobleBLS, NobleBN254 } from '@ethereumjs/evm';
import { customPrecompiles } from './libraryPrecompiles.ts';
import { PACED_OPCODES, type Pace } from './pace.ts';

type OpcodeList = ReturnType<EVM['getActiveOpcodes']>;

interface OpcodeTables {
  readonly opcodes: OpcodeList;
  readonly handlers: EVM['_handlers'];
  readonly dynamicGasHandlers: EVM['_dynamicGasHandlers'];
  readonly map: EVM['_opcodeMap'];
}

/** The library's curves have no state, so that one of each serves every EVM; they only say why a precompile of ours failed. */
const bn254 = new NobleBN254();
const bls = new NobleBLS();
const tables = new WeakMap<Common, OpcodeTables>();

/**
 * The library's EVM, made for one block or call. Its opcode tables, which the library builds anew each time at the price of a
 * millisecond and 100 kB, are built once for each fork's parameters.
 */
export class ForkEvm extends EVM {
  readonly pace: Pace;

  constructor(options: Pick<EVMOpts, 'common' | 'stateManager' | 'blockchain'>, pace: Pace) {
    super({
      ...options,
      bn254,
      bls,
      customOpcodes: PACED_OPCODES,
      customPrecompiles: customPrecompiles(options.common as Common),
    });
    this.pace = pace;
    // A shared `Common` never changes its fork, and its listeners would keep every EVM alive.
    this.common.events.removeAllListeners('hardforkChanged');
  }

  override async runCall(options: EVMRunCallOpts): Promise<EVMResult> {
    const turn = this.pace.breathe();
    if (turn !== undefined) await turn;
    return super.runCall(options);
  }

  override getActiveOpcodes(): OpcodeList {
    const known = tables.get(this.common);
    if (known === undefined) {
      const opcodes = super.getActiveOpcodes();
      const { _handlers: handlers, _dynamicGasHandlers: dynamicGasHandlers, _opcodeMap: map } = this;
      tables.set(this.common, { opcodes, handlers, dynamicGasHandlers, map });
      return opcodes;
    }
    this._opcodes = known.opcodes;
    this._handlers = known.handlers;
    this._dynamicGasHandlers = known.dynamicGasHandlers;
    this._opcodeMap = known.map;
    return known.opcodes;
  }
}
