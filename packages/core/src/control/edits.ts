import { Account, type Address, MAX_INTEGER } from '@ethereumjs/util';
import type { Chain } from '../chain/chain.ts';
import type { Lane } from '../lane.ts';
import { stateError } from '../state/faults.ts';
import type { SenderMaskStateManager } from '../state/senderMask.ts';
import type { StateStore } from '../state/stateStore.ts';

interface EditModules {
  readonly chain: Chain;
  readonly stateStore: StateStore;
  readonly lane: Lane;
  readonly afterEdit: () => Promise<void>;
}

type Edit = (manager: SenderMaskStateManager) => Promise<void>;

/** State setters: they change what the head block's state reads as, without a block. */
export class StateEdits {
  readonly #modules: EditModules;

  constructor(modules: EditModules) {
    this.#modules = modules;
  }

  setBalance(address: Address, wei: bigint): Promise<void> {
    return this.#editAccount(address, (account) => {
      account.balance = wei;
    });
  }

  addBalance(address: Address, wei: bigint): Promise<void> {
    return this.#editAccount(address, (account) => {
      const balance = account.balance + wei;
      if (balance > MAX_INTEGER) throw stateError({ code: 'BALANCE_OVERFLOW', address: address.toString() });
      account.balance = balance;
    });
  }

  setNonce(address: Address, nonce: bigint): Promise<void> {
    return this.#editAccount(address, (account) => {
      account.nonce = nonce;
    });
  }

  setCode(address: Address, code: Uint8Array): Promise<void> {
    return this.#edit((manager) => manager.putCode(address, code));
  }

  setStorage(address: Address, slot: Uint8Array, value: Uint8Array): Promise<void> {
    return this.#edit(async (manager) => {
      if ((await manager.getAccount(address)) === undefined) await manager.putAccount(address, new Account());
      await manager.putStorage(address, slot, value);
    });
  }

  /** An account that becomes empty is not in the trie (EIP-161). */
  #editAccount(address: Address, change: (account: Account) => void): Promise<void> {
    return this.#edit(async (manager) => {
      const account = (await manager.getAccount(address)) ?? new Account();
      change(account);
      if (account.isEmpty()) await manager.deleteAccount(address);
      else await manager.putAccount(address, account);
    });
  }

  #edit(edit: Edit): Promise<void> {
    const { chain, stateStore, lane } = this.#modules;
    return lane.run(async () => {
      const state = stateStore.open(chain.head.stateRoot);
      await edit(state.manager);
      await chain.editHead(await state.flush());
      await this.#modules.afterEdit();
    });
  }
}
