import { gte } from 'semver';
import { compileError } from './compileFaults.ts';

/** Oldest first, with the solc release that first takes the name and the one that first takes it by default. */
const EVM_VERSIONS = [
  { name: 'homestead', since: '0.4.0', byDefaultSince: '0.4.0' },
  { name: 'tangerineWhistle', since: '0.4.21', byDefaultSince: '0.4.21' },
  { name: 'spuriousDragon', since: '0.4.21', byDefaultSince: '0.4.21' },
  { name: 'byzantium', since: '0.4.21', byDefaultSince: '0.4.21' },
  { name: 'constantinople', since: '0.4.22', byDefaultSince: '0.5.5' },
  { name: 'petersburg', since: '0.5.5', byDefaultSince: '0.5.5' },
  { name: 'istanbul', since: '0.5.14', byDefaultSince: '0.5.14' },
  { name: 'berlin', since: '0.8.5', byDefaultSince: '0.8.5' },
  { name: 'london', since: '0.8.7', byDefaultSince: '0.8.7' },
  { name: 'paris', since: '0.8.18', byDefaultSince: '0.8.18' },
  { name: 'shanghai', since: '0.8.20', byDefaultSince: '0.8.20' },
  { name: 'cancun', since: '0.8.24', byDefaultSince: '0.8.25' },
  { name: 'prague', since: '0.8.27', byDefaultSince: '0.8.30' },
  { name: 'osaka', since: '0.8.29', byDefaultSince: '0.8.31' },
] as const;

/** A name that solc's `evmVersion` takes. */
export type EvmVersion = (typeof EVM_VERSIONS)[number]['name'];

const NAMES: readonly string[] = EVM_VERSIONS.map(({ name }) => name);
/** Hardforks that leave the instruction set as it was, and the names other tools use, by the EVM they run. */
const SAME_AS: Readonly<Record<string, EvmVersion>> = {
  chainstart: 'homestead',
  frontier: 'homestead',
  dao: 'homestead',
  muirglacier: 'istanbul',
  arrowglacier: 'london',
  grayglacier: 'london',
  mergenetsplitblock: 'paris',
  mergeforkidtransition: 'paris',
  merge: 'paris',
  bpo1: 'osaka',
  bpo2: 'osaka',
  amsterdam: 'osaka',
};

const rank = (name: EvmVersion): number => NAMES.indexOf(name);
const known = (name: string): EvmVersion | undefined =>
  NAMES.find((one) => one.toLowerCase() === name.toLowerCase()) as EvmVersion | undefined;

/**
 * Checks a name that the user gave.
 * @throws CompileError EVM_VERSION_UNKNOWN
 */
export function evmVersionFromName(name: string): EvmVersion {
  const version = known(name);
  if (version === undefined) throw compileError({ code: 'EVM_VERSION_UNKNOWN', name, known: NAMES });
  return version;
}

/**
 * The newest EVM that a node of this hardfork runs.
 * @example evmVersionFromHardfork('bpo2') // 'osaka'
 * @returns undefined for a fork that this package does not know.
 */
export function evmVersionFromHardfork(hardfork: string): EvmVersion | undefined {
  return known(hardfork) ?? SAME_AS[hardfork.toLowerCase()];
}

/**
 * The `evmVersion` for a solc: the wanted one, else solc's own default, never newer than the solc or `newest` know.
 * @param wanted an upper bound where sources of several solc versions are compiled together.
 * @returns undefined where solc takes no such setting (before 0.4.21).
 */
export function evmVersionFor(
  solcVersion: string,
  {
    wanted,
    newest = 'osaka',
  }: { readonly wanted?: EvmVersion | undefined; readonly newest?: EvmVersion | undefined } = {},
): EvmVersion | undefined {
  if (!gte(solcVersion, '0.4.21')) return undefined;
  const key = wanted === undefined ? 'byDefaultSince' : 'since';
  const offered = EVM_VERSIONS.filter((one) => gte(solcVersion, one[key]));
  const bound = wanted === undefined ? rank(newest) : rank(wanted);
  return offered.filter(({ name }) => rank(name) <= bound).at(-1)?.name;
}
