/** What a run of blocks without transactions counts as. */
export const EMPTY_BLOCK = 'mined empty block';

/** Counts what happens over and over: `eth_chainId, eth_blockNumber (12), mined empty blocks #3 to #9`. */
export class CallTally {
  readonly #counts = new Map<string, number>();
  /** First and last of a run of empty blocks. */
  #blocks: { first: bigint; last: bigint } | undefined;

  /** Things that were counted, whatever their number. */
  get kinds(): readonly string[] {
    return [...this.#counts.keys(), ...(this.#blocks === undefined ? [] : [EMPTY_BLOCK])];
  }

  get text(): string {
    const items = [...this.#counts].map(([method, count]) => (count === 1 ? method : `${method} (${count})`));
    if (this.#blocks !== undefined) {
      const { first, last } = this.#blocks;
      items.push(first === last ? `${EMPTY_BLOCK} #${first}` : `${EMPTY_BLOCK}s #${first} to #${last}`);
    }
    return items.join(', ');
  }

  add(method: string): void {
    this.#counts.set(method, (this.#counts.get(method) ?? 0) + 1);
  }

  addEmptyBlock(number: bigint): void {
    this.#blocks = { first: this.#blocks?.first ?? number, last: number };
  }

  takeBack(method: string): void {
    const count = this.#counts.get(method) ?? 0;
    if (count > 1) this.#counts.set(method, count - 1);
    else this.#counts.delete(method);
  }

  clear(): void {
    this.#counts.clear();
    this.#blocks = undefined;
  }
}
