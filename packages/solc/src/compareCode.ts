import type { Hex } from '@minichain/protocol';
import type { Artifact } from './artifacts.ts';

/** How code on a chain compares with a compilation, apart from what is only known on the chain. */
export interface CodeComparison {
  /** `exact`: metadata too. `code`: all but metadata, so names, comments or file paths may differ. */
  readonly match: 'exact' | 'code' | 'none';
  /** What the constructor put there, by the AST id of the immutable variable. */
  readonly immutables: Readonly<Record<string, Hex>>;
  /** Addresses that are linked in, by file and name. */
  readonly libraries: Readonly<Record<string, Hex>>;
  /** Where `match` is `none`. */
  readonly difference?: string;
}

interface Range {
  readonly start: number;
  readonly length: number;
}

/**
 * CBOR maps that solc ends code with, its own and those of contracts it creates: hash and version, either, or the flag
 * of experimental features. https://docs.soliditylang.org/en/latest/metadata.html#encoding-of-the-metadata-hash-in-the-bytecode
 */
const METADATA =
  /a[123](?:64697066735822[0-9a-f]{68}|65627a7a723[01]5820[0-9a-f]{64}|6c6578706572696d656e74616cf5|64736f6c6343[0-9a-f]{6}){1,3}00[0-9a-f]{2}/g;

/** Metadata in the compiled code; even positions only, since odd ones are not bytes. */
function metadataRanges(code: string): Range[] {
  return [...code.matchAll(METADATA)]
    .filter(({ index }) => index % 2 === 0)
    .map(({ 0: text, index }) => ({ start: index / 2, length: text.length / 2 }));
}

/** A library's run-time code begins with a push of its own address, zero until it is deployed. */
export function isLibraryCode(deployedBytecode: Hex): boolean {
  return /^0x73(?:00){20}3014/.test(deployedBytecode);
}

const cut = (code: string, { start, length }: Range): string => code.slice(start * 2, (start + length) * 2);

function masked(code: string, ranges: readonly Range[]): string {
  return ranges.reduce(
    (text, { start, length }) => text.slice(0, start * 2) + '0'.repeat(length * 2) + text.slice((start + length) * 2),
    code,
  );
}

/** The first value at these places, or undefined if they hold several. */
function valueAt(code: string, ranges: readonly Range[]): Hex | undefined {
  const values = new Set(ranges.map((range) => cut(code, range)));
  return values.size === 1 ? `0x${[...values][0]}` : undefined;
}

function firstDifference(compiled: string, found: string): string {
  if (compiled.length !== found.length) {
    return `${found.length / 2} bytes on the chain, ${compiled.length / 2} compiled`;
  }
  let at = 0;
  while (compiled[at] === found[at]) at += 1;
  const start = Math.floor(at / 2);
  const around = { start, length: 8 };
  return `byte ${start}: 0x${cut(found, around)}… on the chain, 0x${cut(compiled, around)}… compiled`;
}

type Values = { readonly values: Record<string, Hex>; readonly ranges: Range[]; readonly torn?: string };

function valuesOf(code: string, places: readonly (readonly [name: string, ranges: readonly Range[]])[]): Values {
  const values: Record<string, Hex> = {};
  for (const [name, ranges] of places) {
    const value = valueAt(code, ranges);
    if (value === undefined) return { values, ranges: [], torn: name };
    values[name] = value;
  }
  return { values, ranges: places.flatMap(([, ranges]) => ranges) };
}

/**
 * Compares run-time code with a compilation: immutables, linked libraries and a library's own address may hold anything
 * (the same in all places of one), metadata may differ and lowers the match.
 * @param found code on the chain.
 */
export function compareCode(
  artifact: Pick<Artifact, 'deployedBytecode' | 'immutableReferences' | 'deployedLinkReferences'>,
  found: Hex,
): CodeComparison {
  const code = found.slice(2).toLowerCase();
  const compiled = artifact.deployedBytecode.slice(2);
  const none = (difference: string): CodeComparison => ({ match: 'none', immutables: {}, libraries: {}, difference });
  if (code.length !== compiled.length) return none(firstDifference(compiled, code));
  const immutables = valuesOf(code, Object.entries(artifact.immutableReferences));
  const links = Object.entries(artifact.deployedLinkReferences).flatMap(([file, names]) =>
    Object.entries(names).map(([name, ranges]) => [`${file}:${name}`, ranges] as const),
  );
  const libraries = valuesOf(code, links);
  if (immutables.torn !== undefined)
    return none(`immutable ${immutables.torn} has different values in different places`);
  if (libraries.torn !== undefined) return none(`${libraries.torn} is linked to different addresses`);
  const open = [
    ...immutables.ranges,
    ...libraries.ranges,
    ...(isLibraryCode(artifact.deployedBytecode) ? [{ start: 1, length: 20 }] : []),
  ];
  const values = { immutables: immutables.values, libraries: libraries.values };
  const [ours, theirs] = [masked(compiled, open), masked(code, open)];
  if (ours === theirs) return { match: 'exact', ...values };
  const metadata = metadataRanges(ours);
  const [bare, theirBare] = [masked(ours, metadata), masked(theirs, metadata)];
  return bare === theirBare ? { match: 'code', ...values } : none(firstDifference(bare, theirBare));
}
