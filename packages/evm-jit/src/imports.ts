import { I32, I64, type Import } from './wasm.ts';

const P = I32;
const over = (name: string, pointers: number): Import => ({ name, takes: Array<number>(pointers).fill(P), gives: [] });

/** Exports of the core that units call; pointers to words, result first, or the frame, the stack's top and the gas. */
export const IMPORTS = [
  over('div', 3),
  over('mod', 3),
  over('sdiv', 3),
  over('smod', 3),
  over('signextend', 3),
  over('byteAt', 3),
  over('shl', 3),
  over('shr', 3),
  over('sar', 3),
  over('addmod', 4),
  over('mulmod', 4),
  over('clz', 2),
  over('unitDataLoad', 2),
  over('opTload', 2),
  over('opTstore', 2),
  { name: 'outputSize', takes: [], gives: [I32] },
  { name: 'expand', takes: [P, I64, I64], gives: [I64] },
  { name: 'unitExp', takes: [P, I64], gives: [I64] },
  { name: 'opKeccak', takes: [P, P, I64], gives: [I64] },
  { name: 'unitDataCopy', takes: [P, P, I64], gives: [I64] },
  { name: 'unitCodeCopy', takes: [P, P, I64], gives: [I64] },
  { name: 'opMcopy', takes: [P, P, I64], gives: [I64] },
  { name: 'opSload', takes: [P, P, I64], gives: [I64] },
  { name: 'opSstore', takes: [P, P, I64, I64], gives: [I64] },
  { name: 'opBalance', takes: [P, I64], gives: [I64] },
  { name: 'opExtCodeSize', takes: [P, I64], gives: [I64] },
  { name: 'opExtCodeHash', takes: [P, I64], gives: [I64] },
  { name: 'opExtCodeCopy', takes: [P, I64], gives: [I64] },
  { name: 'opBlockHash', takes: [P], gives: [] },
  { name: 'isInsideOutput', takes: [P, P], gives: [I32] },
  { name: 'unitReturnDataCopy', takes: [P, P, I64], gives: [I64] },
  { name: 'opLog', takes: [P, I32, P, I64], gives: [I64] },
] as const satisfies readonly Import[];

export type ImportName = (typeof IMPORTS)[number]['name'];

const places = new Map<string, number>(IMPORTS.map(({ name }, i) => [name, i]));

export const importPlace = (name: ImportName): number => places.get(name) as number;
/** The first function of the module's own: the product of two words. */
export const MULTIPLY = IMPORTS.length;
