import type { EVMInterface, InterpreterStep } from '@ethereumjs/evm';
import type { ForkEvm } from '../forkEvm.ts';

/**
 * Listens to every opcode; the interpreter waits for the listener, and what that throws ends the run. A traced opcode is
 * dear, since all of memory is copied for it, and so every one keeps pace.
 * @returns the function that stops listening.
 */
export function onStep(evm: EVMInterface, listener: (event: InterpreterStep) => void | Promise<void>): () => void {
  const { pace } = evm as ForkEvm;
  const step = (event: InterpreterStep, resolve?: (result?: unknown) => void): void => {
    const done = listener(event);
    resolve?.(done === undefined ? pace.breathe() : done.then(() => pace.breathe()));
  };
  evm.events?.on('step', step);
  return () => {
    evm.events?.off('step', step);
  };
}
