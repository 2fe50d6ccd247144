import { Random as Seeded } from '../../packages/bench/src/soak/random.ts';

/** Choices that are the same for the same seed, so that a failing request is found again. */
export class Random extends Seeded {
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Whether something that happens once in so many times happens now. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  hex(bytes: number): string {
    let text = '0x';
    for (let i = 0; i < bytes; i++) text += this.below(256).toString(16).padStart(2, '0');
    return text;
  }
}
