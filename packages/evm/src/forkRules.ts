import { type Common, Hardfork } from '@ethereumjs/common';

/** Sizes in bytes; Infinity lifts a limit, undefined leaves the fork's. */
export interface CoreLimits {
  readonly maxCodeSize?: number | undefined;
  readonly maxInitcodeSize?: number | undefined;
}

const SPURIOUS_CODE_SIZE = 24_576;
const SHANGHAI_INITCODE_SIZE = 49_152;

/** Newest fork whose rules the core has. */
const NEWEST_FORKS = new Set<string>(['amsterdam']);

/** Whether the core has this fork's rules: all from Frontier to Osaka. */
export function supportsFork(common: Common): boolean {
  return !NEWEST_FORKS.has(common.hardfork()) && !common.isActivatedEIP(7928);
}

interface SstoreRules {
  readonly kind: number;
  readonly reset: number;
  readonly dirty: number;
}

function sstoreRules(common: Common): SstoreRules {
  if (common.gteHardfork(Hardfork.Berlin)) return { kind: 2, reset: 2900, dirty: 100 };
  if (common.gteHardfork(Hardfork.Istanbul)) return { kind: 2, reset: 5000, dirty: 800 };
  // EIP-1283 came with Constantinople and went with Petersburg.
  if (common.hardfork() === Hardfork.Constantinople) return { kind: 1, reset: 5000, dirty: 200 };
  return { kind: 0, reset: 5000, dirty: 0 };
}

/** 0 stands for no limit. */
const limitFrom = (limit: number | undefined, forks: number): number =>
  limit === undefined ? forks : Number.isFinite(limit) ? limit : 0;

/** The numbers of a fork in the order of `assembly/rules.ts`. */
export function numbersOf(common: Common, limits: CoreLimits): readonly number[] {
  const since = (fork: Hardfork): boolean => common.gteHardfork(fork);
  const when = (fork: Hardfork, value: number): number => (since(fork) ? value : 0);
  const sstore = sstoreRules(common);
  const isLondon = since(Hardfork.London);
  return [
    when(Hardfork.Berlin, 2600),
    when(Hardfork.Berlin, 100),
    when(Hardfork.Berlin, 2100),
    sstore.kind,
    20_000,
    sstore.reset,
    sstore.dirty,
    isLondon ? 4800 : 15_000,
    since(Hardfork.SpuriousDragon) ? 50 : 10,
    when(Hardfork.TangerineWhistle, 1),
    when(Hardfork.SpuriousDragon, 1),
    when(Hardfork.Homestead, 1),
    when(Hardfork.TangerineWhistle, 25_000),
    isLondon ? 0 : 24_000,
    when(Hardfork.Cancun, 1),
    limitFrom(limits.maxCodeSize, when(Hardfork.SpuriousDragon, SPURIOUS_CODE_SIZE)),
    limitFrom(limits.maxInitcodeSize, when(Hardfork.Shanghai, SHANGHAI_INITCODE_SIZE)),
    when(Hardfork.Shanghai, 2),
    isLondon ? 1 : 0,
    when(Hardfork.Prague, 1),
    since(Hardfork.Istanbul) ? 2300 : -1,
    25_000,
  ];
}
