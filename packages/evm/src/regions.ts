/** Rooms of an instance, in the order of `assembly/layout.ts`. Counts for the first three (powers of two for the first two), bytes for the others. */
export interface Regions {
  readonly accounts: number;
  readonly slots: number;
  readonly journal: number;
  readonly logs: number;
  readonly codes: number;
  readonly output: number;
}

const NAMES = ['accounts', 'slots', 'journal', 'logs', 'codes', 'output'] as const;

/** What most chains never fill; none of it is touched before it is used. */
export const FIRST_REGIONS: Regions = {
  accounts: 1 << 13,
  slots: 1 << 15,
  journal: 1 << 16,
  logs: 1 << 22,
  codes: 1 << 24,
  output: 1 << 21,
};

const GROWTH = 4;
/** Four gigabytes are all that an instance can have; a region ends well before. */
const MOST_BYTES = 1 << 30;
const BYTES_EACH = { accounts: 160, slots: 128, journal: 48, logs: 1, codes: 1, output: 1 } as const;

/** A region is full: nothing of the run that filled it counts. Run it again after `enlarge`. */
export class CoreFull extends Error {
  override readonly name = 'CoreFull';
  readonly region: number;

  constructor(region: number) {
    super(`the core has no room left (${NAMES[region] ?? 'memory'})`);
    this.region = region;
  }
}

/**
 * The regions with more room in the one that was full.
 * @returns undefined when it is as large as it can be.
 */
export function enlarged(regions: Regions, region: number): Regions | undefined {
  const name = NAMES[region];
  if (name === undefined) return undefined;
  const size = regions[name] * GROWTH;
  return size * BYTES_EACH[name] > MOST_BYTES ? undefined : { ...regions, [name]: size };
}
