import type { Caches } from '@ethereumjs/statemanager';

/**
 * Addresses and slots that were ever written, in unprefixed hex. The trie keeps only their hashes, so a dump of the state
 * cannot do without.
 */
export class WrittenKeys {
  readonly #slots = new Map<string, Set<string> | undefined>();

  /** Takes note of what the caches hand over to the trie. */
  follow({ account, storage }: Caches): void {
    if (account !== undefined) {
      const flush = account.flush.bind(account);
      account.flush = () => {
        const items = flush();
        for (const [address] of items) if (!this.#slots.has(address)) this.#slots.set(address, undefined);
        return items;
      };
    }
    if (storage !== undefined) {
      const flush = storage.flush.bind(storage);
      storage.flush = () => {
        const items = flush();
        for (const [address, slot] of items) this.#slotsOf(address).add(slot);
        return items;
      };
    }
  }

  /** Makes what the other knows known here too. */
  absorb(other: WrittenKeys): void {
    for (const [address, slots] of other.#slots) {
      if (slots === undefined && this.#slots.has(address)) continue;
      const known = this.#slots.get(address);
      if (known === undefined) this.#slots.set(address, slots);
      else for (const slot of slots ?? []) known.add(slot);
    }
  }

  /** In order, so that equal states make equal dumps. */
  *sorted(): Generator<readonly [address: string, slots: readonly string[]]> {
    for (const address of [...this.#slots.keys()].sort()) yield [address, [...(this.#slots.get(address) ?? [])].sort()];
  }

  /** Most accounts have none: the set is made when the first slot is written. */
  #slotsOf(address: string): Set<string> {
    const slots = this.#slots.get(address) ?? new Set();
    this.#slots.set(address, slots);
    return slots;
  }
}
