import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { compileError } from './compileFaults.ts';

/** solc's `[context:]prefix=target`: an import that begins with `prefix`, in a file whose name begins with `context`. */
export interface Remapping {
  readonly context: string;
  readonly prefix: string;
  readonly target: string;
}

/**
 * @example remappingFromText('@oz/=lib/oz/', 'remappings.txt') // { context: '', prefix: '@oz/', target: 'lib/oz/' }
 * @throws CompileError REMAPPING_INVALID naming `source`, the place the text comes from.
 */
export function remappingFromText(text: string, source: string): Remapping {
  const match = /^(?:([^:=]*):)?([^=]+)=(.*)$/.exec(text.trim());
  if (match === null) throw compileError({ code: 'REMAPPING_INVALID', remapping: text, source });
  return { context: match[1] ?? '', prefix: match[2] as string, target: match[3] as string };
}

/** @example textFromRemapping({ context: '', prefix: '@oz/', target: 'lib/oz/' }) // '@oz/=lib/oz/' */
export function textFromRemapping({ context, prefix, target }: Remapping): string {
  return `${context === '' ? '' : `${context}:`}${prefix}=${target}`;
}

function fromRemappingsFile(file: string): Remapping[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => remappingFromText(line, 'remappings.txt'));
}

interface FoundryFile {
  readonly profile?: Readonly<Record<string, { readonly remappings?: unknown }>>;
}

function fromFoundryFile(file: string, profile: string): Remapping[] {
  if (!existsSync(file)) return [];
  let parsed: FoundryFile;
  try {
    parsed = parse(readFileSync(file, 'utf8')) as FoundryFile;
  } catch (error) {
    throw compileError(
      { code: 'CONFIG_INVALID', file: 'foundry.toml', detail: (error as Error).message },
      { cause: error },
    );
  }
  const remappings = parsed.profile?.[profile]?.remappings ?? parsed.profile?.['default']?.remappings ?? [];
  if (!Array.isArray(remappings) || !remappings.every((one) => typeof one === 'string')) {
    throw compileError({
      code: 'CONFIG_INVALID',
      file: 'foundry.toml',
      detail: 'remappings: expected a list of strings',
    });
  }
  return remappings.map((text) => remappingFromText(text, 'foundry.toml'));
}

/**
 * Collects a project's remappings: `foundry.toml` (of the profile in FOUNDRY_PROFILE), then `remappings.txt`, then
 * `extra`. A later one replaces an earlier one of the same context and prefix.
 * @throws CompileError REMAPPING_INVALID, CONFIG_INVALID
 */
export function readRemappings(
  root: string,
  extra: readonly string[] = [],
  profile: string = process.env['FOUNDRY_PROFILE'] ?? 'default',
): Remapping[] {
  const all = [
    ...fromFoundryFile(join(root, 'foundry.toml'), profile),
    ...fromRemappingsFile(join(root, 'remappings.txt')),
    ...extra.map((text) => remappingFromText(text, 'remapping')),
  ];
  return [...new Map(all.map((one) => [`${one.context}:${one.prefix}`, one])).values()];
}

/**
 * Applies solc's rule: the longest context wins, then the longest prefix.
 * @example remapped('@oz/A.sol', 'contracts/B.sol', [{ context: '', prefix: '@oz/', target: 'lib/oz/' }]) // 'lib/oz/A.sol'
 */
export function remapped(name: string, importer: string, remappings: readonly Remapping[]): string {
  const best = remappings
    .filter(({ context, prefix }) => importer.startsWith(context) && name.startsWith(prefix))
    .reduce<Remapping | undefined>((winner, one) => {
      if (winner === undefined) return one;
      const byContext = one.context.length - winner.context.length;
      return (byContext === 0 ? one.prefix.length - winner.prefix.length : byContext) >= 0 ? one : winner;
    }, undefined);
  return best === undefined ? name : best.target + name.slice(best.prefix.length);
}
