import { compress } from './rounds';

/** Rounds, and the state, message, counters and final flag as they stand in the precompile's input (EIP-152). */
export function blake2f(input: usize, output: usize): void {
  memory.copy(output, input + 4, 64);
  const isFinal: u64 = load<u8>(input + 212) == 1 ? -1 : 0;
  compress(bswap(load<u32>(input)), output, input + 68, load<u64>(input + 196), load<u64>(input + 204), isFinal);
}
