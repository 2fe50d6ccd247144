import { limb, saturated, store4 } from './limbs';

/** BYTE: the byte at `index`, 0 being the most significant; 0 from 32 on. */
export function byteAt(r: usize, index: usize, x: usize): void {
  const place = saturated(index);
  // In memory the least significant byte is the first.
  const byte: u64 = place < 32 ? load<u8>(x + <usize>(31 - place)) : 0;
  store4(r, byte, 0, 0, 0);
}

/** SIGNEXTEND: `x` as a signed number of `k` + 1 bytes; unchanged from `k` = 31 on. */
export function signextend(r: usize, k: usize, x: usize): void {
  const last = saturated(k);
  if (last > 30) {
    memory.copy(r, x, 32);
    return;
  }
  const index = <usize>(last >> 3);
  const unused = 56 - ((last & 7) << 3);
  const top = <u64>(<i64>(limb(x, index) << unused) >> unused);
  const sign = <u64>(<i64>top >> 63);
  const l0 = index == 0 ? top : limb(x, 0);
  const l1 = index < 1 ? sign : index == 1 ? top : limb(x, 1);
  const l2 = index < 2 ? sign : index == 2 ? top : limb(x, 2);
  store4(r, l0, l1, l2, index < 3 ? sign : top);
}

/** How many of the 256 bits are zero above the highest that is not. */
@inline
function leadingZeros(x: usize): u64 {
  const l3 = limb(x, 3);
  if (l3 != 0) return i64.clz(l3);
  const l2 = limb(x, 2);
  if (l2 != 0) return 64 + i64.clz(l2);
  const l1 = limb(x, 1);
  return l1 != 0 ? 128 + i64.clz(l1) : 192 + i64.clz(limb(x, 0));
}

/** CLZ (EIP-7939): 256 for zero. */
export function clz(r: usize, x: usize): void {
  store4(r, leadingZeros(x), 0, 0, 0);
}

/** How many bytes the value takes without zeros in front; 0 for zero. */
export function byteLength(a: usize): u32 {
  return <u32>((263 - leadingZeros(a)) >> 3);
}
