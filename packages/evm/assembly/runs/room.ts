/** Memory for as long as the instance lives: it grows and nothing is given back. */

let end: usize = (__heap_base + 15) & ~15;

/** @returns `bytes` zero bytes, at a multiple of 16. */
export function take(bytes: usize): usize {
  const start = end;
  end = (start + bytes + 15) & ~15;
  const missing = <i32>((end + 65535) >> 16) - memory.size();
  if (missing > 0) memory.grow(missing);
  return start;
}
