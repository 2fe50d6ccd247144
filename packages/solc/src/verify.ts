import { type Address, isAddress } from 'viem';
import { type Artifact, qualifiedName } from './artifacts.ts';
import { type CodeComparison, compareCode } from './compareCode.ts';
import { type NodeConnection, withNode } from './deployer.ts';
import { SolcError } from './errors.ts';

/** The facts of what could not be compared. */
export type VerifyFault =
  | { readonly code: 'ADDRESS_INVALID'; readonly got: string }
  | { readonly code: 'CODE_EMPTY'; readonly contract: string; readonly address: string; readonly chainId: number }
  | { readonly code: 'RECORD_MISSING'; readonly contract: string; readonly folder: string };

/** Why nothing could be compared. */
export class VerifyError extends SolcError<VerifyFault> {}

const SENTENCES: { [C in VerifyFault['code']]: (fault: Extract<VerifyFault, { code: C }>) => string } = {
  ADDRESS_INVALID: ({ got }) => `expected an address (with a right checksum, if in mixed case), got "${got}"`,
  CODE_EMPTY: ({ contract, address, chainId }) =>
    `${contract}: there is no code at ${address} on chain ${chainId}; was the chain started anew?`,
  RECORD_MISSING: ({ contract, folder }) => `${contract} is not recorded in ${folder}; name its address with --address`,
};

/** @example throw verifyError({ code: 'ADDRESS_INVALID', got: '0x12' }) */
export function verifyError(fault: VerifyFault): VerifyError {
  const sentence = SENTENCES[fault.code] as (fault: VerifyFault) => string;
  return new VerifyError(fault, sentence(fault));
}

/** What came of a comparison. */
export interface Verification extends CodeComparison {
  /** `contracts/Token.sol:Token` */
  readonly contract: string;
  readonly address: Address;
}

/**
 * Compares the code at an address (`eth_getCode`) with a compiled contract.
 * @example (await verifyContract(await connectNode(), artifact, '0x5FbD…')).match // 'exact'
 * @throws VerifyError ADDRESS_INVALID, CODE_EMPTY; DeployError NODE_UNREACHABLE, NODE_REFUSED
 */
export async function verifyContract(
  { client, url, chainId }: NodeConnection,
  artifact: Artifact,
  address: string,
): Promise<Verification> {
  if (!isAddress(address)) throw verifyError({ code: 'ADDRESS_INVALID', got: address });
  const code = await withNode(url, () => client.getCode({ address }));
  const contract = qualifiedName(artifact);
  if (code === undefined) throw verifyError({ code: 'CODE_EMPTY', contract, address, chainId });
  return { contract, address, ...compareCode(artifact, code) };
}
