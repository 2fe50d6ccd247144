/** A limb is a u64; a word of the EVM is four of them in memory, the least significant first. */

/** The upper half of the 128-bit product. */
@inline
export function mulHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const first = aHigh * bLow + ((aLow * bLow) >> 32);
  const second = aLow * bHigh + (first & 0xffffffff);
  return aHigh * bHigh + (first >> 32) + (second >> 32);
}

@inline
export function limb(word: usize, index: usize): u64 {
  return load<u64>(word + (index << 3));
}

@inline
export function store4(r: usize, l0: u64, l1: u64, l2: u64, l3: u64): void {
  store<u64>(r, l0);
  store<u64>(r, l1, 8);
  store<u64>(r, l2, 16);
  store<u64>(r, l3, 24);
}

/** How many limbs are left without the zeros at the upper end. */
@inline
export function limbCount(words: usize, count: i32): i32 {
  while (count > 0 && load<u64>(words + (<usize>(count - 1) << 3)) == 0) count--;
  return count;
}

/** The value where it fits a limb, else 2^64 - 1: more than any shift or index that matters. */
@inline
export function saturated(word: usize): u64 {
  return (load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24)) != 0 ? u64.MAX_VALUE : load<u64>(word);
}
