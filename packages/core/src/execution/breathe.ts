import type { EVMOpts } from '@ethereumjs/evm';

/** How many jump destinations go by between two looks at the clock. */
const STRIDE = 2048;
/** How long code may run before everybody else gets a turn. */
const BREATH_MS = 20;

let steps = 0;
let lastBreathAt = 0;

/** @returns nothing nearly always; a promise of the next turn of the event loop when the last is too long ago. */
function breathe(): Promise<void> | undefined {
  if (++steps < STRIDE) return undefined;
  steps = 0;
  if (performance.now() - lastBreathAt < BREATH_MS) return undefined;
  return new Promise((resolve) => {
    setImmediate(() => {
      lastBreathAt = performance.now();
      resolve();
    });
  });
}

/**
 * JUMPDEST that now and then lets the event loop go round. The interpreter awaits promises that are already settled, so
 * that code which runs for seconds would keep every other request, and even SIGINT, waiting for its end. No loop gets by
 * without a jump destination.
 */
export const BREATHING_OPCODES: NonNullable<EVMOpts['customOpcodes']> = [
  { opcode: 0x5b, opcodeName: 'JUMPDEST', baseFee: 1, logicFunction: breathe },
];
