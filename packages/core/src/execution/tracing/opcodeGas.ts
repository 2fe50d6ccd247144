import { opcodeName } from '@minichain/evm';
import type { ObservedEnd, ObservedMessage, TraceStep } from '../traceObserver.ts';
import type { Tracer } from './tracer.ts';
import type { OpcodeGas, TraceResult } from './traceTypes.ts';

/** How often each opcode ran and what it cost. Gas that a call hands on is part of its price, as in struct logs. */
export class OpcodeGasTracer implements Tracer {
  #totals = new Map<number, { count: number; gasUsed: number }>();
  #last: { readonly opcode: number; readonly gas: number; readonly cost: number | undefined } | undefined;

  begin(): void {
    this.#totals = new Map();
    this.#last = undefined;
  }

  enter({ depth, callerGas }: ObservedMessage): void {
    if (depth > 0) this.#settle(callerGas);
  }

  exit({ endGas }: ObservedEnd): void {
    const { gas = 0, cost } = this.#last ?? {};
    this.#settle(cost === undefined ? endGas : gas - cost);
  }

  step({ opcode, gas, cost }: TraceStep): void {
    this.#settle(gas);
    this.#last = { opcode, gas, cost };
  }

  /** The dearest first. */
  finish(): TraceResult {
    const opcodes = [...this.#totals].map(([opcode, total]): OpcodeGas => ({ opcode: opcodeName(opcode), ...total }));
    opcodes.sort((a, b) => b.gasUsed - a.gasUsed || b.count - a.count || (a.opcode < b.opcode ? -1 : 1));
    return { type: 'opcodes', opcodes };
  }

  #settle(gasAfter: number): void {
    if (this.#last === undefined) return;
    const { opcode, gas } = this.#last;
    const total = this.#totals.get(opcode) ?? { count: 0, gasUsed: 0 };
    total.count++;
    total.gasUsed += gas - gasAfter;
    this.#totals.set(opcode, total);
    this.#last = undefined;
  }
}
