import { RPC_CODES, RpcError } from '@minichain/protocol';

/** Edits that turn one word into another (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** The known name that differs least from a wanted one, in any case; undefined when none is near. */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = distance(wanted.toLowerCase(), name.toLowerCase());
    if (best === undefined || edits < best.edits) best = { name, edits };
  }
  return best !== undefined && best.edits <= Math.max(3, wanted.length / 4) ? best.name : undefined;
}

const MAX_NAME = 100;

/** The error for a method nobody has, with the nearest name that exists. ethers recognises these words. */
export function unknownMethod(name: string, known: readonly string[]): RpcError {
  const wanted = name.slice(0, MAX_NAME);
  const near = nearest(wanted, known);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return new RpcError(RPC_CODES.methodNotFound, `the method ${wanted} does not exist/is not available${hint}`);
}
