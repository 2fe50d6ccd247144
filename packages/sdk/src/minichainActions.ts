import type { Abi, Address, Client, ContractFunctionArgs, ContractFunctionName } from 'viem';
import { close } from './actions/close.ts';
import { type DeployParameters, type DeployReturnType, deploy } from './actions/deploy.ts';
import { type GetDropReasonParameters, type GetDropReasonReturnType, getDropReason } from './actions/getDropReason.ts';
import { type ImpersonateParameters, impersonate } from './actions/impersonate.ts';
import { isolate } from './actions/isolate.ts';
import { type SendParameters, type SendReturnType, send } from './actions/send.ts';
import { type TravelParameters, type TravelReturnType, travel } from './actions/travel.ts';
import { type WaitParameters, type WaitReturnType, wait } from './actions/wait.ts';
import { type WriteParameters, write } from './actions/write.ts';

/** The actions that a dev chain has beyond viem's; each is described where it is defined. */
export type MinichainActions = {
  close(): Promise<void>;
  deploy<const abi extends Abi | readonly unknown[]>(parameters: DeployParameters<abi>): Promise<DeployReturnType>;
  getDropReason(parameters: GetDropReasonParameters): Promise<GetDropReasonReturnType>;
  impersonate<result>(
    parameters: ImpersonateParameters,
    run: (account: Address) => Promise<result> | result,
  ): Promise<result>;
  isolate<result>(run: () => Promise<result> | result): Promise<result>;
  send(parameters: SendParameters): Promise<SendReturnType>;
  travel(parameters: TravelParameters): Promise<TravelReturnType>;
  wait(parameters: WaitParameters): Promise<WaitReturnType>;
  write<
    const abi extends Abi | readonly unknown[],
    functionName extends ContractFunctionName<abi, 'nonpayable' | 'payable'>,
    const args extends ContractFunctionArgs<abi, 'nonpayable' | 'payable', functionName>,
  >(parameters: WriteParameters<abi, functionName, args>): Promise<SendReturnType>;
};

/** Binds the actions to a client, as viem's `publicActions` does. @example createPublicClient(…).extend(minichainActions) */
export function minichainActions(client: Client): MinichainActions {
  return {
    close: () => close(client),
    deploy: (parameters) => deploy(client, parameters),
    getDropReason: (parameters) => getDropReason(client, parameters),
    impersonate: (parameters, run) => impersonate(client, parameters, run),
    isolate: (run) => isolate(client, run),
    send: (parameters) => send(client, parameters),
    travel: (parameters) => travel(client, parameters),
    wait: (parameters) => wait(client, parameters),
    write: (parameters) => write(client, parameters),
  };
}
