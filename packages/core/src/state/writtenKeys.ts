/**
 * Addresses and slots that were ever written, in unprefixed hex. The trie keeps only their hashes, so a dump of the state
 * cannot do without.
 */
export class WrittenKeys {
  readonly #slots = new Map<string, Set<string> | undefined>();

  /** Takes note of an account that is written to the trie, and of those of its slots that are. */
  note(address: string, slots: readonly string[]): void {
    const known = this.#slots.get(address);
    // Most accounts have no slots: the set is made when the first one is written.
    if (known === undefined) this.#slots.set(address, slots.length === 0 ? undefined : new Set(slots));
    else for (const slot of slots) known.add(slot);
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
}
