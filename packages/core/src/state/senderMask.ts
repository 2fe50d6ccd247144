import { type Account, type Address, KECCAK256_NULL } from '@ethereumjs/util';
import { JournaledState } from './journaledState.ts';

/**
 * A state manager that can let a contract send a transaction (impersonation, calls): EIP-3607's check, which the library
 * cannot switch off, sees an account without code. The mask ends when the library writes the account back, which happens
 * before any code runs.
 */
export class SenderMaskStateManager extends JournaledState {
  #masked: string | undefined;
  #codeHash: Uint8Array = KECCAK256_NULL;

  maskSender(address: Address): void {
    this.#masked = address.toString();
  }

  unmaskSender(): void {
    this.#masked = undefined;
  }

  override async getAccount(address: Address): Promise<Account | undefined> {
    const account = await super.getAccount(address);
    if (this.#masked === undefined || account === undefined || address.toString() !== this.#masked) return account;
    this.#codeHash = account.codeHash;
    account.codeHash = KECCAK256_NULL;
    return account;
  }

  override async putAccount(address: Address, account?: Account): Promise<void> {
    if (this.#masked !== undefined && account !== undefined && address.toString() === this.#masked) {
      account.codeHash = this.#codeHash;
      this.#masked = undefined;
    }
    await super.putAccount(address, account);
  }
}
