import type { SolcDiagnostic } from './diagnostics.ts';
import { SolcError } from './errors.ts';

/** A version pragma and the file it stands in. */
export interface PragmaOf {
  readonly file: string;
  readonly pragma: string;
}

/** Why sources did not become artifacts. Files are source names: relative to the project, or inside a package. */
export type CompileFault =
  | { readonly code: 'ARTIFACT_AMBIGUOUS'; readonly name: string; readonly candidates: readonly string[] }
  | { readonly code: 'ARTIFACT_MISSING'; readonly name: string; readonly known: readonly string[] }
  | { readonly code: 'COMPILATION_FAILED'; readonly diagnostics: readonly SolcDiagnostic[] }
  | { readonly code: 'CONFIG_INVALID'; readonly file: string; readonly detail: string }
  | { readonly code: 'CONTRACTS_MISSING'; readonly directory: string }
  | { readonly code: 'EVM_VERSION_UNKNOWN'; readonly name: string; readonly known: readonly string[] }
  | {
      readonly code: 'IMPORT_MISSING';
      readonly importer: string;
      readonly line: number;
      readonly path: string;
      readonly tried: readonly string[];
      /** The package that the path names, where none of that name is installed. */
      readonly missingPackage?: string;
    }
  | { readonly code: 'IMPORT_OUTSIDE'; readonly importer: string; readonly line: number; readonly path: string }
  | { readonly code: 'PRAGMA_INVALID'; readonly file: string; readonly line: number; readonly pragma: string }
  | { readonly code: 'PRAGMAS_INCOMPATIBLE'; readonly file: string; readonly pragmas: readonly PragmaOf[] }
  | { readonly code: 'REMAPPING_INVALID'; readonly remapping: string; readonly source: string }
  | {
      readonly code: 'SOLC_MISSING';
      readonly file: string;
      readonly pragmas: readonly PragmaOf[];
      readonly available: readonly string[];
      readonly suggestion: string;
    }
  | { readonly code: 'SOLC_UNUSABLE'; readonly version: string; readonly directory: string; readonly detail: string }
  | { readonly code: 'SOLC_VERSION_MISSING'; readonly version: string; readonly available: readonly string[] }
  | { readonly code: 'SOURCE_AMBIGUOUS'; readonly name: string; readonly paths: readonly string[] }
  | { readonly code: 'STANDARD_JSON_INVALID'; readonly detail: string };

/** What this package throws when sources do not become artifacts; `fault` has the facts. */
export class CompileError extends SolcError<CompileFault> {}

const list = (items: readonly string[]): string => items.map((item) => `\n  ${item}`).join('');
/** Contracts without their files, and not more than one takes in. */
function contractNames(qualified: readonly string[]): string {
  const names = qualified.map((name) => name.slice(name.lastIndexOf(':') + 1));
  return names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : orNone(names);
}
const orNone = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '));
const pragmaLines = (pragmas: readonly PragmaOf[]): string =>
  list(pragmas.map(({ file, pragma }) => `${file}: pragma solidity ${pragma}`));
const installCommand = (version: string): string => `npm install --save-dev solc-${version}@npm:solc@${version}`;

const SENTENCES: { [C in CompileFault['code']]: (fault: Extract<CompileFault, { code: C }>) => string } = {
  ARTIFACT_AMBIGUOUS: ({ name, candidates }) =>
    `there is more than one contract named ${name}; name it with its file:${list(candidates)}`,
  ARTIFACT_MISSING: ({ name, known }) => `there is no contract named ${name}; the project has ${contractNames(known)}`,
  COMPILATION_FAILED: ({ diagnostics }) => diagnostics.map((one) => one.formattedMessage ?? one.message).join('\n'),
  CONFIG_INVALID: ({ file, detail }) => `${file}: ${detail}`,
  CONTRACTS_MISSING: ({ directory }) =>
    `no Solidity files in ${directory}; name the project's folder or use --contracts`,
  EVM_VERSION_UNKNOWN: ({ name, known }) => `unknown EVM version "${name}"; known are ${known.join(', ')}`,
  IMPORT_MISSING: ({ importer, line, path, tried, missingPackage }) =>
    `${importer}:${line}: import "${path}" was not found; looked at${list(tried)}${
      missingPackage === undefined ? '' : `\nadd the package with: npm install --save-dev ${missingPackage}`
    }`,
  IMPORT_OUTSIDE: ({ importer, line, path }) =>
    `${importer}:${line}: import "${path}" leads out of the project; map it in with a remapping or install it as a package`,
  PRAGMA_INVALID: ({ file, line, pragma }) => `${file}:${line}: "${pragma}" is not a version range`,
  PRAGMAS_INCOMPATIBLE: ({ file, pragmas }) =>
    `no solc release from 0.4.11 on can compile ${file} with what it imports:${pragmaLines(pragmas)}`,
  REMAPPING_INVALID: ({ remapping, source }) =>
    `${source}: "${remapping}" is not a remapping; expected [context:]prefix=target`,
  SOLC_MISSING: ({ file, pragmas, available, suggestion }) =>
    `no installed solc can compile ${file}:${pragmaLines(pragmas)}\navailable: ${orNone(available)}\nadd one with: ${installCommand(suggestion)}`,
  SOLC_UNUSABLE: ({ version, directory, detail }) => `solc ${version} in ${directory} failed: ${detail}`,
  SOLC_VERSION_MISSING: ({ version, available }) =>
    `solc ${version} is not installed; available: ${orNone(available)}\nadd it with: ${installCommand(version)}`,
  SOURCE_AMBIGUOUS: ({ name, paths }) => `two different files are imported as ${name}:${list(paths)}`,
  STANDARD_JSON_INVALID: ({ detail }) => `the Standard JSON input ${detail}`,
};

/** @example throw compileError({ code: 'CONTRACTS_MISSING', directory: '/home/me/project/contracts' }) */
export function compileError(fault: CompileFault, options?: ErrorOptions): CompileError {
  const sentence = SENTENCES[fault.code] as (fault: CompileFault) => string;
  return new CompileError(fault, sentence(fault), options);
}
