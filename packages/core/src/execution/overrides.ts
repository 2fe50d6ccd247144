import {
  Account,
  type Address,
  bytesToUnprefixedHex,
  createAddressFromString,
  hexToBytes,
  setLengthLeft,
} from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import { executionError } from './faults.ts';
import type { AccountOverride, StateOverrides } from './request.ts';

const invalid = (detail: string) => executionError({ code: 'OVERRIDE_INVALID', detail });

function movePrecompile(vm: VM, from: string, override: AccountOverride): void {
  if (override.movePrecompileTo === undefined) return;
  const { precompiles } = vm.evm;
  const key = from.slice(2).toLowerCase();
  const precompile = precompiles.get(key);
  if (precompile === undefined) throw invalid(`account ${from} is not a precompile`);
  precompiles.delete(key);
  precompiles.set(bytesToUnprefixedHex(override.movePrecompileTo.bytes), precompile);
}

async function overrideAccount({ stateManager }: VM, address: Address, override: AccountOverride): Promise<void> {
  const account = (await stateManager.getAccount(address)) ?? new Account();
  if (override.nonce !== undefined) account.nonce = override.nonce;
  if (override.balance !== undefined) account.balance = override.balance;
  await stateManager.putAccount(address, account);
  if (override.code !== undefined) await stateManager.putCode(address, override.code);
  if (override.state !== undefined) await stateManager.clearStorage(address);
  for (const [slot, value] of override.state ?? override.stateDiff ?? []) {
    await stateManager.putStorage(address, setLengthLeft(hexToBytes(slot), 32), value);
  }
}

/**
 * Applies geth's state override set to a VM's state, which the caller throws away.
 * @throws ExecutionError OVERRIDE_INVALID.
 */
export async function applyStateOverrides(vm: VM, overrides: StateOverrides): Promise<void> {
  const { stateManager } = vm;
  for (const [hex, override] of overrides) {
    if (override.state !== undefined && override.stateDiff !== undefined) {
      throw invalid(`account ${hex} has both 'state' and 'stateDiff'`);
    }
    movePrecompile(vm, hex, override);
    await overrideAccount(vm, createAddressFromString(hex), override);
  }
  stateManager.originalStorageCache.clear();
}
