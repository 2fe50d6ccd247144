import { IV, mix } from './rounds';

/* The precompile's input (EIP-152) has the rounds, and behind them the state, the message, two counters and the final flag. */
const STATE: usize = 4;
const MESSAGE: usize = 68;
const COUNTERS: usize = 196;
const IS_FINAL: usize = 212;

/** Writes the 16 words that the rounds work on. */
export function begin(input: usize, work: usize): void {
  memory.copy(work, input + STATE, 64);
  memory.copy(work + 64, IV, 64);
  store<u64>(work, load<u64>(work, 96) ^ load<u64>(input + COUNTERS), 96);
  store<u64>(work, load<u64>(work, 104) ^ load<u64>(input + COUNTERS, 8), 104);
  if (load<u8>(input + IS_FINAL) == 1) store<u64>(work, ~load<u64>(work, 112), 112);
}

/** Rounds, of which a multiple of ten must have gone before. */
export function goOn(rounds: u32, input: usize, work: usize): void {
  mix(rounds, work, input + MESSAGE);
}

export function finish(input: usize, work: usize, output: usize): void {
  for (let offset: usize = 0; offset < 64; offset += 8) {
    const mixed = load<u64>(work + offset) ^ load<u64>(work + offset, 64);
    store<u64>(output + offset, load<u64>(input + STATE + offset) ^ mixed);
  }
}
