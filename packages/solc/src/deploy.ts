import type { Hex } from '@minichain/protocol';
import { type Abi, concatHex, encodeAbiParameters, getAddress, keccak256 } from 'viem';
import type { AbiEntry, Artifact } from './artifacts.ts';
import { type AbiParameter, constructorOf, constructorValues, type GivenArguments } from './constructorArguments.ts';
import { type Deployer, deployErrorFrom } from './deployer.ts';
import { deployError } from './deployFaults.ts';
import { type DeploymentRecord, jsonValue } from './deploymentRecord.ts';
import { type LibraryAddresses, linkBytecode, neededLibraries } from './link.ts';

/** A contract to deploy. */
export interface DeployRequest {
  readonly artifact: Artifact;
  readonly args?: GivenArguments | undefined;
  /** An address for each library that the contract needs. */
  readonly libraries?: LibraryAddresses | undefined;
  /** Wei. */
  readonly value?: bigint | undefined;
  /** Errors of other contracts that the constructor may pass on. */
  readonly errors?: readonly AbiEntry[] | undefined;
  /** How long to wait for the receipt; default 30,000. */
  readonly timeoutMs?: number | undefined;
}

/** What goes into the transaction. */
export interface Creation {
  readonly values: readonly unknown[];
  readonly bytecode: Hex;
  readonly bytecodeHash: Hex;
  readonly encodedArgs: Hex;
}

/**
 * Checks a request and builds its creation code, without a node.
 * @throws DeployError NOT_DEPLOYABLE, NOT_PAYABLE, LIBRARIES_UNLINKED, ARGUMENT_COUNT, ARGUMENT_NAMES, ARGUMENT_INVALID
 */
export function creationOf({ artifact, args = [], libraries = {}, value = 0n }: DeployRequest): Creation {
  const { inputs, isPayable } = constructorOf(artifact);
  if (artifact.bytecode === '0x') throw deployError({ code: 'NOT_DEPLOYABLE', contract: artifact.contractName });
  if (value > 0n && !isPayable) throw deployError({ code: 'NOT_PAYABLE', contract: artifact.contractName });
  const values = constructorValues(artifact, args);
  const bytecode = linkBytecode(artifact, libraries);
  const encodedArgs = encodeAbiParameters(inputs as readonly AbiParameter[], values);
  return { values, bytecode, bytecodeHash: keccak256(bytecode), encodedArgs };
}

/**
 * Deploys a contract, waits for its receipt and checks that its code is there.
 * @example const { address } = await deployContract(await createDeployer(), { artifact, args: ['Gold', 'GLD', 1000n] })
 * @throws DeployError as {@link creationOf}, and DEPLOYMENT_REVERTED with the decoded reason, TRANSACTION_LOST,
 * CODE_MISSING, NODE_REFUSED, NODE_UNREACHABLE.
 */
export async function deployContract(deployer: Deployer, request: DeployRequest): Promise<DeploymentRecord> {
  const { artifact, libraries = {} } = request;
  const creation = creationOf(request);
  const receipt = await sendCreation(deployer, request, creation);
  const linked = neededLibraries(artifact).map((name) => [name, libraries[name] as Hex] as const);
  return {
    contractName: artifact.contractName,
    sourceName: artifact.sourceName,
    address: receipt.contractAddress,
    chainId: deployer.chainId,
    deployer: deployer.address,
    transactionHash: receipt.transactionHash,
    blockNumber: Number(receipt.blockNumber),
    blockHash: receipt.blockHash,
    gasUsed: Number(receipt.gasUsed),
    args: creation.values.map(jsonValue),
    encodedArgs: creation.encodedArgs,
    libraries: Object.fromEntries(linked),
    bytecodeHash: creation.bytecodeHash,
    abi: artifact.abi,
  };
}

async function sendCreation(deployer: Deployer, request: DeployRequest, creation: Creation) {
  const { client, account, url } = deployer;
  const { artifact, value, timeoutMs, errors = [] } = request;
  const contract = artifact.contractName;
  try {
    const receipt = await client.send({
      account,
      data: concatHex([creation.bytecode, creation.encodedArgs]),
      abi: [...artifact.abi, ...errors] as unknown as Abi,
      ...(value === undefined ? {} : { value }),
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    const contractAddress = getAddress(receipt.contractAddress as Hex);
    const code = await client.getCode({ address: contractAddress });
    if (code === undefined) {
      const hash = receipt.transactionHash;
      throw deployError({ code: 'CODE_MISSING', contract, address: contractAddress, hash });
    }
    return { ...receipt, contractAddress };
  } catch (error) {
    throw deployErrorFrom(error, url, contract);
  }
}
