/** A constant, or the local (i64) that holds it. */
export type Limb = bigint | number;
export type Limbs = readonly [Limb, Limb, Limb, Limb];

/** What lies on the stack while a block is written: four limbs, the lowest first, or the local (i32) of a truth value. */
export type Value = { readonly limbs: Limbs } | { readonly flag: number };

const LIMB_BITS = 64n;
export const LIMB_MASK = (1n << LIMB_BITS) - 1n;
export const WORD_MASK = (1n << 256n) - 1n;

export function constant(value: bigint): Value {
  const limbAt = (i: bigint): bigint => (value >> (LIMB_BITS * i)) & LIMB_MASK;
  return { limbs: [limbAt(0n), limbAt(1n), limbAt(2n), limbAt(3n)] };
}

/** A word of one limb. */
export const narrow = (limb: Limb): Value => ({ limbs: [limb, 0n, 0n, 0n] });

/** @returns undefined where the value is not known before it runs. */
export function constantOf(value: Value): bigint | undefined {
  if ('flag' in value) return undefined;
  let result = 0n;
  for (const [i, limb] of value.limbs.entries()) {
    if (typeof limb === 'number') return undefined;
    result |= limb << (LIMB_BITS * BigInt(i));
  }
  return result;
}

export const isNarrow = ([, second, third, fourth]: Limbs): boolean => second === 0n && third === 0n && fourth === 0n;
