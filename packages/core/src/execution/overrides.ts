import type { Common } from '@ethereumjs/common';
import { type EVMInterface, getActivePrecompiles } from '@ethereumjs/evm';
import { Account, type Address, createAddressFromString, hexToBytes, setLengthLeft } from '@ethereumjs/util';
import type { Machines } from './engine/createMachines.ts';
import { type LibraryMachine, openLibraryMachine } from './engine/libraryMachine.ts';
import type { EditableState, Machine } from './engine/machine.ts';
import { executionError } from './faults.ts';
import type { OpenVmOptions } from './openVm.ts';
import type { AccountOverride, StateOverrides } from './request.ts';

const invalid = (detail: string) => executionError({ code: 'OVERRIDE_INVALID', detail });

const keyOf = (address: string): string => address.slice(2).toLowerCase();

/**
 * An overridden precompile is one no longer; its code may go on at another address, which then must not be overridden itself.
 * The addresses of the fork's precompiles stay warm (EIP-2929), wherever their code is.
 */
function movePrecompiles(evm: EVMInterface, overrides: StateOverrides): void {
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

/** Whether overrides touch a precompile, which only EthereumJS lets be moved; asking for what is none to be moved counts. */
export function movesPrecompiles(common: Common, overrides: StateOverrides): boolean {
  const precompiles = getActivePrecompiles(common);
  for (const [hex, { movePrecompileTo }] of overrides) {
    if (movePrecompileTo !== undefined || precompiles.has(keyOf(hex))) return true;
  }
  return false;
}

async function overrideAccount(state: EditableState, address: Address, override: AccountOverride): Promise<void> {
  const account = (await state.getAccount(address)) ?? new Account();
  if (override.nonce !== undefined) account.nonce = override.nonce;
  if (override.balance !== undefined) account.balance = override.balance;
  const isBare = override.code === undefined && override.state === undefined && override.stateDiff === undefined;
  if (isBare && account.isEmpty()) {
    await state.deleteAccount(address);
    return;
  }
  await state.putAccount(address, account);
  if (override.code !== undefined) await state.putCode(address, override.code);
  if (override.state !== undefined) await state.clearStorage(address);
  for (const [slot, value] of override.state ?? override.stateDiff ?? []) {
    await state.putStorage(address, setLengthLeft(hexToBytes(slot), 32), value);
  }
}

/**
 * Applies geth's state override set to a machine's state, which the caller throws away.
 * @throws ExecutionError OVERRIDE_INVALID.
 */
function applyStateOverrides(machine: Machine, overrides: StateOverrides): Promise<void> {
  return machine.edit(async (state) => {
    for (const [hex, override] of overrides) {
      if (override.state !== undefined && override.stateDiff !== undefined) {
        throw invalid(`account ${hex} has both 'state' and 'stateDiff'`);
      }
      await overrideAccount(state, createAddressFromString(hex), override);
    }
  });
}

/**
 * Opens a machine of the chain's engine with overrides applied; EthereumJS's where they move precompiles.
 * @throws ExecutionError OVERRIDE_INVALID.
 */
export async function openOverridden(
  machines: Machines,
  options: OpenVmOptions,
  overrides: StateOverrides | undefined,
): Promise<Machine> {
  if (overrides === undefined) return machines.open(options);
  if (movesPrecompiles(options.common, overrides)) return openLibraryOverridden(options, overrides);
  const machine = await machines.open(options);
  await applyStateOverrides(machine, overrides);
  return machine;
}

/** The same on EthereumJS, for whoever listens to its opcodes or asks for what only it tells. */
export async function openLibraryOverridden(
  options: OpenVmOptions,
  overrides: StateOverrides | undefined,
): Promise<LibraryMachine> {
  const machine = await openLibraryMachine(options);
  if (overrides === undefined) return machine;
  movePrecompiles(machine.vm.evm, overrides);
  await applyStateOverrides(machine, overrides);
  return machine;
}
