import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, resolve } from 'node:path';
import { compileError } from './compileFaults.ts';
import { type Remapping, remapped } from './remappings.ts';

/** A source as solc names it and where it lies. */
export interface ResolvedSource {
  /** solc's source unit name: `contracts/Token.sol`, `@openzeppelin/contracts/token/ERC20/ERC20.sol`. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** An import as written. */
export interface WantedImport {
  readonly path: string;
  readonly line: number;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const isRelative = (path: string): boolean => /^\.\.?\//.test(path);

/** The folder and its parents, nearest first. */
export function* upwardFrom(directory: string): Generator<string> {
  let current = resolve(directory);
  while (true) {
    yield current;
    const parent = dirname(current);
    if (parent === current) return;
    current = parent;
  }
}

/**
 * The name under which solc looks for an import: relative paths joined to the importer's name, then remapped.
 * @example sourceNameOf('./B.sol', 'contracts/A.sol', []) // 'contracts/B.sol'
 */
export function sourceNameOf(path: string, importer: string, remappings: readonly Remapping[]): string {
  const plain = isRelative(path) ? posix.join(posix.dirname(importer), path) : path;
  return remapped(plain, importer, remappings);
}

/** Where a source of this name may lie: the project, `node_modules` above it, `node_modules` above the importing package. */
function placesOf(name: string, root: string, importer: string): string[] {
  if (isAbsolute(name)) return [name];
  // A package's own dependencies come last: pnpm does not lift them into the project.
  const folders = [...upwardFrom(root), ...(isFile(importer) ? upwardFrom(dirname(realpathSync(importer))) : [])];
  const modules = folders.map((folder) => join(folder, 'node_modules')).filter(isDirectory);
  // A remapping to `node_modules/…` means the package wherever it is installed.
  const inModules = name.replace(/^node_modules\//, '');
  return [join(root, name), ...modules.map((folder) => join(folder, inModules))];
}

/** `@scope/name` or `name` when the path begins like one inside a package that no place has. */
function missingPackage(name: string, tried: readonly string[]): string | undefined {
  const match = /^(?:@[\w.-]+\/)?[\w-][\w.-]*(?=\/)/.exec(name);
  if (match === null) return undefined;
  const rest = name.length - match[0].length;
  return tried.some((path) => isDirectory(path.slice(0, path.length - rest))) ? undefined : match[0];
}

/**
 * Finds the file of a source name, or the places where it is not.
 * @example findSource('@openzeppelin/contracts/token/ERC20/ERC20.sol', '/project', '/project/contracts/Token.sol')
 */
export function findSource(name: string, root: string, importer: string): string | readonly string[] {
  const places = [...new Set(placesOf(name, root, importer))];
  return places.find(isFile) ?? places;
}

/**
 * Resolves an import as solc names it, plus remappings and packages. Package `exports` play no part, as in Hardhat and
 * Foundry: a path inside a package is a plain path.
 * @throws CompileError IMPORT_MISSING with every place looked at; IMPORT_OUTSIDE for a relative path above the project.
 */
export function resolveImport(
  wanted: WantedImport,
  importer: ResolvedSource,
  { root, remappings }: { readonly root: string; readonly remappings: readonly Remapping[] },
): ResolvedSource {
  const name = sourceNameOf(wanted.path, importer.name, remappings);
  const isBeside = isRelative(wanted.path) && name === sourceNameOf(wanted.path, importer.name, []);
  if (isBeside && name.startsWith('../')) {
    throw compileError({ code: 'IMPORT_OUTSIDE', importer: importer.name, ...wanted });
  }
  const beside = resolve(dirname(importer.path), wanted.path);
  const found = isBeside ? (isFile(beside) ? beside : [beside]) : findSource(name, root, importer.path);
  if (typeof found === 'string') return { name, path: found };
  const missing = isBeside ? undefined : missingPackage(name, found);
  throw compileError({
    code: 'IMPORT_MISSING',
    importer: importer.name,
    ...wanted,
    tried: found,
    ...(missing === undefined ? {} : { missingPackage: missing }),
  });
}
