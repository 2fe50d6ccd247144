export type Side = 'anvil' | 'minichain';

/** Digits of a word. A long story knows hundreds of names: each word is looked up once, not each name searched for. */
const WORD = 64;

/** Hex digits with the known words in them replaced, wherever they begin. */
function named(run: string, known: ReadonlyMap<string, string>): string {
  let result = '';
  let kept = 0;
  for (let start = 0; start + WORD <= run.length; ) {
    const name = known.get(run.slice(start, start + WORD));
    if (name !== undefined) {
      result += run.slice(kept, start) + name;
      kept = start + WORD;
    }
    start = name === undefined ? start + 2 : kept;
  }
  return result + run.slice(kept);
}

/**
 * Names for words that both nodes have in the same role but with different bytes, such as the hash of block 5 after
 * Anvil went wrong about a state root. A reply is compared with the names in the values' places.
 */
export class Names {
  readonly #known: Record<Side, Map<string, string>> = { anvil: new Map(), minichain: new Map() };

  learn(name: string, values: Readonly<Record<Side, string>>): void {
    if (values.anvil === values.minichain) return;
    for (const side of ['anvil', 'minichain'] as const) {
      const hex = values[side].slice(2);
      if (!this.#known[side].has(hex)) this.#known[side].set(hex, name);
    }
  }

  /** A JSON value with every learned value replaced, also inside longer hex. */
  replace(side: Side, value: unknown): unknown {
    const known = this.#known[side];
    if (known.size === 0 || value === undefined) return value;
    const text = JSON.stringify(value);
    return JSON.parse(text.replace(/[0-9a-f]{64,}/g, (run) => named(run, known)));
  }

  /** The node's own value for one of minichain's, in parameters. */
  translate(side: Side, value: unknown): unknown {
    const { minichain } = this.#known;
    if (side === 'minichain' || minichain.size === 0 || typeof value !== 'string') return value;
    const name = minichain.get(value.slice(2));
    const own = [...this.#known.anvil].find(([, known]) => known === name && name !== undefined);
    return own === undefined ? value : `0x${own[0]}`;
  }
}
