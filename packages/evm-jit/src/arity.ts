import { isConditional, OPERATION } from './decoded.ts';

/** Words that an operation takes and puts. */
export type Arity = readonly [taken: number, put: number];

const BY_ARITY: readonly (readonly [Arity, readonly number[]])[] = [
  [
    [0, 1],
    [0x30, 0x33, 0x34, 0x36, 0x38, 0x3d, 0x47, 0x59, 0x5a, OPERATION.pushFrom, OPERATION.mloadAt],
  ],
  [
    [0, 1],
    [OPERATION.pushWord, OPERATION.pushSmall],
  ],
  [
    [1, 1],
    [0x15, 0x19, 0x1e, 0x31, 0x35, 0x3b, 0x3f, 0x40, 0x51, 0x54, 0x5c],
  ],
  [
    [1, 1],
    [OPERATION.addSmall, OPERATION.andSmall, OPERATION.shlBy, OPERATION.shrBy],
  ],
  [
    [2, 1],
    [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0a, 0x0b],
  ],
  [
    [2, 1],
    [0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1b, 0x1c, 0x1d, 0x20],
  ],
  [
    [3, 1],
    [0x08, 0x09],
  ],
  [
    [1, 0],
    [0x50, 0x56, OPERATION.mstoreAt],
  ],
  [
    [2, 0],
    [0x52, 0x53, 0x55, 0x57, 0x5d],
  ],
  [
    [3, 0],
    [0x37, 0x39, 0x3e, 0x5e],
  ],
  [[4, 0], [0x3c]],
  [[0, 0], [OPERATION.jumpTo]],
];

const known = new Map<number, Arity>(BY_ARITY.flatMap(([arity, operations]) => operations.map((one) => [one, arity])));

/**
 * Of what a unit can do itself, but for DUPn, SWAPn and what stands for a SWAPn.
 * @returns undefined where it is left to the interpreter.
 */
export function arityOf({ operation, argument }: { operation: number; argument: number }): Arity | undefined {
  if (operation === OPERATION.log) return [2 + argument, 0];
  if (operation === OPERATION.jumpIf || operation === OPERATION.jumpUnless) return [1, 0];
  if (isConditional(operation)) return [2, 0];
  return known.get(operation);
}

/** n of DUPn; 0 for others. */
export const dupOf = (operation: number): number => (operation >= 0x80 && operation < 0x90 ? operation - 0x7f : 0);
/** n of SWAPn; 0 for others. */
export const swapOf = (operation: number): number => (operation >= 0x90 && operation < 0xa0 ? operation - 0x8f : 0);
