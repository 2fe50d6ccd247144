import { Account, type Address, createAddressFromString, hexToBytes, setLengthLeft } from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import { executionError } from './faults.ts';
import type { AccountOverride, StateOverrides } from './request.ts';

const invalid = (detail: string) => executionError({ code: 'OVERRIDE_INVALID', detail });

const keyOf = (address: string): string => address.slice(2).toLowerCase();

/**
 * An overridden precompile is one no longer; its code may go on at another address, which then must not be overridden itself.
 * The addresses of the fork's precompiles stay warm (EIP-2929), wherever their code is.
 */
function overridePrecompiles(evm: VM['evm'], overrides: StateOverrides): void {
  const active = new Map(evm.precompiles);
  for (const [hex, { movePrecompileTo }] of overrides) {
    const precompile = evm.precompiles.get(keyOf(hex));
    active.delete(keyOf(hex));
    if (movePrecompileTo === undefined) continue;
    if (precompile === undefined) throw invalid(`account ${hex} is not a precompile`);
    const target = movePrecompileTo.toString();
    if (overrides.has(target)) throw invalid(`account ${target} is already overridden`);
    active.set(keyOf(target), precompile);
  }
  evm.getPrecompile = (address) => active.get(keyOf(address.toString()));
}

async function overrideAccount({ stateManager }: VM, address: Address, override: AccountOverride): Promise<void> {
  const account = (await stateManager.getAccount(address)) ?? new Account();
  if (override.nonce !== undefined) account.nonce = override.nonce;
  if (override.balance !== undefined) account.balance = override.balance;
  const isBare = override.code === undefined && override.state === undefined && override.stateDiff === undefined;
  if (isBare && account.isEmpty()) {
    await stateManager.deleteAccount(address);
    return;
  }
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
  overridePrecompiles(vm.evm, overrides);
  for (const [hex, override] of overrides) {
    if (override.state !== undefined && override.stateDiff !== undefined) {
      throw invalid(`account ${hex} has both 'state' and 'stateDiff'`);
    }
    await overrideAccount(vm, createAddressFromString(hex), override);
  }
  stateManager.originalStorageCache.clear();
}
