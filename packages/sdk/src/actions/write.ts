import {
  type Abi,
  type Client,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionParameters,
  encodeFunctionData,
} from 'viem';
import { type SendOptions, type SendParameters, type SendReturnType, send } from './send.ts';

type Mutability = 'nonpayable' | 'payable';

export type WriteParameters<
  abi extends Abi | readonly unknown[] = Abi,
  functionName extends ContractFunctionName<abi, Mutability> = ContractFunctionName<abi, Mutability>,
  args extends ContractFunctionArgs<abi, Mutability, functionName> = ContractFunctionArgs<
    abi,
    Mutability,
    functionName
  >,
> = SendOptions &
  Pick<SendParameters, 'value' | 'gas' | 'nonce' | 'maxFeePerGas' | 'maxPriorityFeePerGas' | 'accessList'> &
  ContractFunctionParameters<abi, Mutability, functionName, args>;

/**
 * Calls a function of a contract in a transaction and waits for its receipt.
 * @throws RevertedError with the reason decoded by the ABI; as `send` otherwise.
 * @example await client.write({ abi, address, functionName: 'transfer', args: [to, 5n] })
 */
export async function write<
  const abi extends Abi | readonly unknown[],
  functionName extends ContractFunctionName<abi, Mutability>,
  const args extends ContractFunctionArgs<abi, Mutability, functionName>,
>(client: Client, parameters: WriteParameters<abi, functionName, args>): Promise<SendReturnType> {
  const { abi, address, functionName, args, ...request } = parameters as WriteParameters;
  const data = encodeFunctionData({ abi, functionName, args });
  return send(client, { ...request, abi, to: address, data } as SendParameters);
}
