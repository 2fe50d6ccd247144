import { hexToBytes } from '@ethereumjs/util';
import { createProgram } from './programs.ts';
import { createRandom } from './random.ts';

/** Contracts with random code on random storage, and a message to the first of them. */
export interface Scenario {
  readonly seed: number;
  readonly contracts: readonly { readonly address: Uint8Array; readonly code: Uint8Array; readonly balance: bigint }[];
  /** Slots of each contract that are not zero at first: small numbers to small numbers. */
  readonly storage: readonly (readonly [slot: number, value: number])[];
  readonly data: Uint8Array;
  readonly value: bigint;
  readonly gas: bigint;
}

export const SENDER = hexToBytes('0x00000000000000000000000000000000000000aa');
export const SENDER_BALANCE = 10n ** 18n;

const addressOf = (i: number): number[] => [...Array.from({ length: 19 }, () => 0xcc), i];

/** @param has whether the fork has an opcode. */
export function createScenario(seed: number, has: (opcode: number) => boolean): Scenario {
  const random = createRandom(seed);
  const count = 1 + random.below(3);
  const addresses = [
    ...Array.from({ length: count }, (_, i) => addressOf(i)),
    addressOf(0),
    [...SENDER],
    addressOf(200),
    [4],
    [2],
  ];
  const contracts = Array.from({ length: count }, (_, i) => ({
    address: Uint8Array.from(addressOf(i)),
    code: createProgram(random, { addresses, has }, 3 + random.below(14)),
    balance: random.chance(0.5) ? 0n : BigInt(random.below(10)),
  }));
  const storage = Array.from({ length: random.below(4) }, () => [random.below(6), 1 + random.below(3)] as const);
  const generous = random.chance(0.5);
  return {
    seed,
    contracts,
    storage,
    data: Uint8Array.from(random.bytes(random.below(100))),
    value: random.chance(0.7) ? 0n : BigInt(random.below(5)),
    gas: BigInt(generous ? 3_000_000 : 500 + random.below(200_000)),
  };
}
