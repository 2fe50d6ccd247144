import {
  type Abi,
  type Address,
  type Client,
  type ContractConstructorArgs,
  concatHex,
  encodeAbiParameters,
  type Hex,
  type TransactionReceipt,
} from 'viem';
import { type SendOptions, type SendParameters, send } from './send.ts';

export type DeployParameters<
  abi extends Abi | readonly unknown[] = Abi,
  allArgs = ContractConstructorArgs<abi>,
> = SendOptions &
  Pick<SendParameters, 'value' | 'gas' | 'nonce' | 'maxFeePerGas' | 'maxPriorityFeePerGas'> &
  (readonly [] extends allArgs ? { readonly args?: allArgs | undefined } : { readonly args: allArgs }) & {
    readonly abi: abi;
    /** Creation code, libraries linked, without constructor arguments. */
    readonly bytecode: Hex;
  };

type Constructor = Extract<Abi[number], { type: 'constructor' }>;

export interface DeployReturnType {
  readonly address: Address;
  readonly receipt: TransactionReceipt;
}

/**
 * Deploys a contract and waits until it is there.
 * @throws RevertedError with the constructor's reason; viem's encoding errors for arguments that do not fit the ABI.
 * @example const { address } = await client.deploy({ abi, bytecode, args: ['Token', 1_000n] })
 */
export async function deploy<const abi extends Abi | readonly unknown[]>(
  client: Client,
  parameters: DeployParameters<abi>,
): Promise<DeployReturnType> {
  const { abi, args = [], bytecode, ...request } = parameters as DeployParameters;
  const inputs = abi.find((item): item is Constructor => item.type === 'constructor')?.inputs ?? [];
  // viem's encodeDeployData takes an empty list for a constructor that wants arguments.
  const data = concatHex([bytecode, encodeAbiParameters(inputs, args as readonly unknown[])]);
  const receipt = await send(client, { ...request, abi, data });
  return { address: receipt.contractAddress as Address, receipt };
}
