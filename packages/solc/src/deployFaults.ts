import type { Hex } from '@minichain/protocol';
import { SolcError } from './errors.ts';

/** Why a contract is not on the chain. Contracts are named as the user named them; libraries by file and name. */
export type DeployFault =
  | { readonly code: 'ACCOUNT_INVALID'; readonly detail: string }
  | {
      readonly code: 'ARGUMENT_COUNT';
      readonly contract: string;
      readonly signature: string;
      readonly expected: number;
      readonly got: number;
    }
  | {
      readonly code: 'ARGUMENT_INVALID';
      readonly contract: string;
      readonly path: string;
      readonly type: string;
      readonly expected: string;
      readonly got: unknown;
    }
  | {
      readonly code: 'ARGUMENT_NAMES';
      readonly contract: string;
      readonly path: string;
      readonly missing: readonly string[];
      readonly unknown: readonly string[];
    }
  | { readonly code: 'CODE_MISSING'; readonly contract: string; readonly address: Hex; readonly hash: Hex }
  | {
      readonly code: 'DEPLOYMENT_REVERTED';
      readonly contract: string;
      readonly reason: string;
      readonly transactionHash: Hex | undefined;
    }
  | { readonly code: 'LIBRARIES_UNLINKED'; readonly contract: string; readonly libraries: readonly string[] }
  | { readonly code: 'LIBRARY_ADDRESS'; readonly library: string; readonly got: string }
  | { readonly code: 'LIBRARY_CYCLE'; readonly libraries: readonly string[] }
  | {
      readonly code: 'LIBRARY_UNKNOWN';
      readonly contract: string;
      readonly library: string;
      readonly needed: readonly string[];
    }
  | { readonly code: 'NODE_REFUSED'; readonly url: string; readonly detail: string }
  | { readonly code: 'NODE_UNREACHABLE'; readonly url: string; readonly detail: string }
  | { readonly code: 'NOT_DEPLOYABLE'; readonly contract: string }
  | { readonly code: 'NOT_PAYABLE'; readonly contract: string }
  | { readonly code: 'NO_ACCOUNT'; readonly url: string }
  | { readonly code: 'PLAN_INVALID'; readonly file: string; readonly detail: string }
  | { readonly code: 'PLAN_MISSING'; readonly file: string; readonly candidates: readonly string[] }
  | { readonly code: 'TRANSACTION_LOST'; readonly contract: string; readonly detail: string };

/** What this package throws when a contract is not deployed; `fault` has the facts. */
export class DeployError extends SolcError<DeployFault> {}

const list = (items: readonly string[]): string => items.map((item) => `\n  ${item}`).join('');

/** A value as the user may have written it. */
function shown(value: unknown): string {
  const text = typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

const SENTENCES: { [C in DeployFault['code']]: (fault: Extract<DeployFault, { code: C }>) => string } = {
  ACCOUNT_INVALID: ({ detail }) => detail,
  ARGUMENT_COUNT: ({ contract, signature, expected, got }) =>
    `${contract}: ${signature} takes ${expected} argument${expected === 1 ? '' : 's'}, got ${got}`,
  ARGUMENT_INVALID: ({ contract, path, type, expected, got }) =>
    `${contract}: argument ${path} (${type}): expected ${expected}, got ${shown(got)}`,
  ARGUMENT_NAMES: ({ contract, path, missing, unknown }) =>
    [
      `${contract}: ${path}:`,
      ...(missing.length === 0 ? [] : [`missing ${missing.join(', ')}`]),
      ...(unknown.length === 0 ? [] : [`unknown ${unknown.join(', ')}`]),
    ].join(' '),
  CODE_MISSING: ({ contract, address, hash }) =>
    `${contract}: transaction ${hash} succeeded but there is no code at ${address}`,
  DEPLOYMENT_REVERTED: ({ contract, reason, transactionHash }) =>
    `${contract}: the constructor reverted: ${reason}${transactionHash === undefined ? '' : ` (transaction ${transactionHash})`}`,
  LIBRARIES_UNLINKED: ({ contract, libraries }) =>
    `${contract} is not linked; it needs the address of${list(libraries)}`,
  LIBRARY_ADDRESS: ({ library, got }) => `library ${library}: expected an address, got "${got}"`,
  LIBRARY_CYCLE: ({ libraries }) =>
    `these libraries need each other and cannot be deployed one after the other:${list(libraries)}`,
  LIBRARY_UNKNOWN: ({ contract, library, needed }) =>
    `${contract} does not link ${library}; ${needed.length === 0 ? 'it needs no library' : `it needs${list(needed)}`}`,
  NODE_REFUSED: ({ url, detail }) => `the node at ${url} refused: ${detail}`,
  NODE_UNREACHABLE: ({ url, detail }) =>
    `no node answers at ${url} (${detail}); start one with \`minichain node\` or name another with --rpc-url`,
  NOT_DEPLOYABLE: ({ contract }) => `${contract} is an interface or an abstract contract: there is nothing to deploy`,
  NOT_PAYABLE: ({ contract }) => `${contract}: the constructor is not payable, so no value can be sent`,
  NO_ACCOUNT: ({ url }) => `the node at ${url} signs for no account; sign here with --private-key or --mnemonic`,
  PLAN_INVALID: ({ file, detail }) => `${file}: ${detail}`,
  PLAN_MISSING: ({ file, candidates }) =>
    `which contract? Name one, or list several in ${file}; there are${list(candidates)}`,
  TRANSACTION_LOST: ({ contract, detail }) => `${contract}: ${detail}`,
};

/** @example throw deployError({ code: 'NOT_DEPLOYABLE', contract: 'IERC20' }) */
export function deployError(fault: DeployFault, options?: ErrorOptions): DeployError {
  const sentence = SENTENCES[fault.code] as (fault: DeployFault) => string;
  return new DeployError(fault, sentence(fault), options);
}
