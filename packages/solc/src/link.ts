import type { Hex } from '@minichain/protocol';
import { isAddress } from 'viem';
import type { Artifact } from './artifacts.ts';
import { deployError } from './deployFaults.ts';

/** Addresses by `contracts/Math.sol:Math`. */
export type LibraryAddresses = Readonly<Record<string, Hex>>;

/**
 * The libraries whose addresses a contract's creation code needs.
 * @example neededLibraries(artifact) // ['contracts/Math.sol:Math']
 */
export function neededLibraries({ linkReferences }: Pick<Artifact, 'linkReferences'>): string[] {
  return Object.entries(linkReferences).flatMap(([file, names]) => Object.keys(names).map((name) => `${file}:${name}`));
}

/**
 * Finds which needed library each given name means: `Math` or `contracts/Math.sol:Math`.
 * @throws DeployError LIBRARY_UNKNOWN for one that the contract does not need, LIBRARY_ADDRESS for what is no address.
 */
export function librariesFromNames(artifact: Artifact, given: Readonly<Record<string, string>>): LibraryAddresses {
  const needed = neededLibraries(artifact);
  const found = Object.entries(given).map(([library, address]) => {
    const matching = needed.filter((one) => one === library || one.endsWith(`:${library}`));
    const [name] = matching;
    if (name === undefined || matching.length > 1) {
      throw deployError({ code: 'LIBRARY_UNKNOWN', contract: artifact.contractName, library, needed });
    }
    if (!isAddress(address)) throw deployError({ code: 'LIBRARY_ADDRESS', library, got: address });
    return [name, address] as const;
  });
  return Object.fromEntries(found);
}

/**
 * Fills libraries' addresses into a contract's creation code.
 * @throws DeployError LIBRARIES_UNLINKED listing every library without an address.
 * @example linkBytecode(artifact, { 'contracts/Math.sol:Math': '0x5FbD…' })
 */
export function linkBytecode(
  artifact: Pick<Artifact, 'bytecode' | 'linkReferences' | 'contractName'>,
  libraries: LibraryAddresses,
): Hex {
  const missing = neededLibraries(artifact).filter((name) => libraries[name] === undefined);
  if (missing.length > 0) {
    throw deployError({ code: 'LIBRARIES_UNLINKED', contract: artifact.contractName, libraries: missing });
  }
  let code = artifact.bytecode.slice(2);
  for (const [file, names] of Object.entries(artifact.linkReferences)) {
    for (const [name, places] of Object.entries(names)) {
      const address = (libraries[`${file}:${name}`] as Hex).slice(2).toLowerCase();
      for (const { start, length } of places) {
        code = code.slice(0, start * 2) + address + code.slice((start + length) * 2);
      }
    }
  }
  return `0x${code}`;
}
