import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compile, linkBytecode, openProject } from '@minichain/solc';
import type { Abi, Hex } from 'viem';
import { repositoryRoot } from '../support/fixtures.ts';

/** A contract as it is deployed. */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

type LinkReferences = Parameters<typeof linkBytecode>[0]['linkReferences'];

/** Hardhat, Foundry and Waffle each have a shape of their own. */
interface Packaged {
  readonly abi: Abi;
  readonly bytecode: string | { readonly object: string };
  readonly linkReferences?: LinkReferences;
}

const resolve = createRequire(join(repositoryRoot, 'package.json')).resolve;

/**
 * A contract that an npm package ships compiled, as its authors deployed it.
 * @param libraries addresses of the libraries that it calls, by `file:name`.
 * @example packaged('@uniswap/v2-core/build/UniswapV2Factory.json')
 */
export function packaged(path: string, libraries: Readonly<Record<string, Hex>> = {}): Artifact {
  const { abi, bytecode, linkReferences = {} } = JSON.parse(readFileSync(resolve(path), 'utf8')) as Packaged;
  const text = typeof bytecode === 'string' ? bytecode : bytecode.object;
  const prefixed = (text.startsWith('0x') ? text : `0x${text}`) as Hex;
  return { abi, bytecode: linkBytecode({ contractName: path, bytecode: prefixed, linkReferences }, libraries) };
}

/**
 * The contracts in `contracts/` with the libraries they import from npm; compiled when a source has changed, by the
 * package that users compile with.
 */
export async function ownContracts(): Promise<(name: string) => Artifact> {
  const project = openProject(join(repositoryRoot, 'test/replay'), {
    out: join(repositoryRoot, 'node_modules/.cache/replay-contracts'),
    optimizer: true,
    evmVersion: 'osaka',
  });
  const { artifacts } = await compile(project);
  return (name) => {
    const { abi, bytecode } = artifacts.get(name);
    return { abi: abi as unknown as Abi, bytecode: bytecode as Hex };
  };
}
