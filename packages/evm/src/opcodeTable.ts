import { type Common, Hardfork } from '@ethereumjs/common';

/** One opcode of a fork: gas that is always charged, words it takes and puts. */
export interface OpcodeRow {
  readonly gas: number;
  readonly taken: number;
  readonly put: number;
}

type Rows = Map<number, OpcodeRow>;

/** Opcode, gas, words taken, words put. */
const FRONTIER: readonly (readonly [number, number, number, number])[] = [
  [0x00, 0, 0, 0],
  [0x01, 3, 2, 1],
  [0x02, 5, 2, 1],
  [0x03, 3, 2, 1],
  [0x04, 5, 2, 1],
  [0x05, 5, 2, 1],
  [0x06, 5, 2, 1],
  [0x07, 5, 2, 1],
  [0x08, 8, 3, 1],
  [0x09, 8, 3, 1],
  [0x0a, 10, 2, 1],
  [0x0b, 5, 2, 1],
  [0x10, 3, 2, 1],
  [0x11, 3, 2, 1],
  [0x12, 3, 2, 1],
  [0x13, 3, 2, 1],
  [0x14, 3, 2, 1],
  [0x15, 3, 1, 1],
  [0x16, 3, 2, 1],
  [0x17, 3, 2, 1],
  [0x18, 3, 2, 1],
  [0x19, 3, 1, 1],
  [0x1a, 3, 2, 1],
  [0x20, 30, 2, 1],
  [0x30, 2, 0, 1],
  [0x31, 20, 1, 1],
  [0x32, 2, 0, 1],
  [0x33, 2, 0, 1],
  [0x34, 2, 0, 1],
  [0x35, 3, 1, 1],
  [0x36, 2, 0, 1],
  [0x37, 3, 3, 0],
  [0x38, 2, 0, 1],
  [0x39, 3, 3, 0],
  [0x3a, 2, 0, 1],
  [0x3b, 20, 1, 1],
  [0x3c, 20, 4, 0],
  [0x40, 20, 1, 1],
  [0x41, 2, 0, 1],
  [0x42, 2, 0, 1],
  [0x43, 2, 0, 1],
  [0x44, 2, 0, 1],
  [0x45, 2, 0, 1],
  [0x50, 2, 1, 0],
  [0x51, 3, 1, 1],
  [0x52, 3, 2, 0],
  [0x53, 3, 2, 0],
  [0x54, 50, 1, 1],
  [0x55, 0, 2, 0],
  [0x56, 8, 1, 0],
  [0x57, 10, 2, 0],
  [0x58, 2, 0, 1],
  [0x59, 2, 0, 1],
  [0x5a, 2, 0, 1],
  [0x5b, 1, 0, 0],
  [0xf0, 32000, 3, 1],
  [0xf1, 40, 7, 1],
  [0xf2, 40, 7, 1],
  [0xf3, 0, 2, 0],
  [0xff, 0, 1, 0],
];

function frontier(): Rows {
  const rows: Rows = new Map();
  for (const [op, gas, taken, put] of FRONTIER) rows.set(op, { gas, taken, put });
  for (let i = 1; i <= 32; i++) rows.set(0x5f + i, { gas: 3, taken: 0, put: 1 });
  for (let i = 1; i <= 16; i++) {
    rows.set(0x7f + i, { gas: 3, taken: i, put: i + 1 });
    rows.set(0x8f + i, { gas: 3, taken: i + 1, put: i + 1 });
  }
  for (let i = 0; i <= 4; i++) rows.set(0xa0 + i, { gas: 375 * (i + 1), taken: 2 + i, put: 0 });
  return rows;
}

function reprice(rows: Rows, prices: Readonly<Record<number, number>>): void {
  for (const [op, gas] of Object.entries(prices)) {
    const row = rows.get(Number(op));
    if (row !== undefined) rows.set(Number(op), { ...row, gas });
  }
}

interface Step {
  readonly since: Hardfork;
  readonly added?: readonly (readonly [number, number, number, number])[];
  readonly prices?: Readonly<Record<number, number>>;
}

/** What each fork changed; access is priced at the opcode itself until Berlin (EIP-2929). */
const STEPS: readonly Step[] = [
  { since: Hardfork.Homestead, added: [[0xf4, 40, 6, 1]] },
  {
    since: Hardfork.TangerineWhistle,
    prices: { 49: 400, 59: 700, 60: 700, 84: 200, 241: 700, 242: 700, 244: 700, 255: 5000 },
  },
  {
    since: Hardfork.Byzantium,
    added: [
      [0x3d, 2, 0, 1],
      [0x3e, 3, 3, 0],
      [0xfa, 700, 6, 1],
      [0xfd, 0, 2, 0],
    ],
  },
  {
    since: Hardfork.Constantinople,
    added: [
      [0x1b, 3, 2, 1],
      [0x1c, 3, 2, 1],
      [0x1d, 3, 2, 1],
      [0x3f, 400, 1, 1],
      [0xf5, 32000, 4, 1],
    ],
  },
  {
    since: Hardfork.Istanbul,
    added: [
      [0x46, 2, 0, 1],
      [0x47, 5, 0, 1],
    ],
    prices: { 49: 700, 63: 700, 84: 800 },
  },
  {
    since: Hardfork.Berlin,
    prices: { 49: 0, 59: 0, 60: 0, 63: 0, 84: 0, 241: 0, 242: 0, 244: 0, 250: 0 },
  },
  { since: Hardfork.London, added: [[0x48, 2, 0, 1]] },
  { since: Hardfork.Shanghai, added: [[0x5f, 2, 0, 1]] },
  {
    since: Hardfork.Cancun,
    added: [
      [0x49, 3, 1, 1],
      [0x4a, 2, 0, 1],
      [0x5c, 100, 1, 1],
      [0x5d, 100, 2, 0],
      [0x5e, 3, 3, 0],
    ],
  },
  { since: Hardfork.Osaka, added: [[0x1e, 5, 1, 1]] },
];

/** The opcodes of a fork. */
export function opcodesOf(common: Common): ReadonlyMap<number, OpcodeRow> {
  const rows = frontier();
  for (const { since, added = [], prices = {} } of STEPS) {
    if (!common.gteHardfork(since)) continue;
    for (const [op, gas, taken, put] of added) rows.set(op, { gas, taken, put });
    reprice(rows, prices);
  }
  return rows;
}

function takenByOpcode(): Uint8Array {
  const taken = new Uint8Array(256);
  for (const [op, row] of frontier()) taken[op] = row.taken;
  for (const { added = [] } of STEPS) for (const [op, , words] of added) taken[op] = words;
  return taken;
}

const TAKEN = takenByOpcode();

/** Words that an opcode takes from the stack, in every fork that has it. @example wordsTaken(0x01) // 2 */
export const wordsTaken = (opcode: number): number => TAKEN[opcode] as number;
