import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

function drawn(isTTY: boolean, steps: readonly (readonly [ms: number, done: number, total?: number])[]): string {
  let [now, text] = [0, ''];
  const stream = { isTTY, columns: 200, write: (more: string) => (text += more) };
  const progress = new Progress({ label: 'checking', unit: 'blocks', stream, now: () => now });
  for (const [ms, done, total] of steps) {
    now = ms;
    progress.update(done, total);
  }
  progress.end();
  return text;
}

describe('progress', () => {
  it('says nothing of what is done within a second', () => {
    expect(
      drawn(true, [
        [0, 0, 10],
        [900, 9, 10],
      ]),
    ).toBe('');
    expect(
      drawn(false, [
        [0, 0, 10],
        [900, 9, 10],
      ]),
    ).toBe('');
  });

  it('draws a bar with rate and time left on a terminal, and takes it away', () => {
    expect(
      drawn(true, [
        [0, 0, 1000],
        [2000, 500, 1000],
      ]),
    ).toBe('\r\u001b[Kchecking [##########----------]  50 % 500 of 1,000 blocks, 250 blocks/s, 2 s left\r\u001b[K');
  });

  it('writes plain lines elsewhere, five seconds apart', () => {
    const steps = [
      [0, 0, 1000],
      [1000, 100, 1000],
      [2000, 200, 1000],
      [6000, 600, 1000],
    ] as const;
    expect(drawn(false, steps)).toBe(
      'checking [##------------------]  10 % 100 of 1,000 blocks, 100 blocks/s, 9 s left\n' +
        'checking [############--------]  60 % 600 of 1,000 blocks, 100 blocks/s, 4 s left\n',
    );
  });

  it('leaves out what nobody knows: how much there is', () => {
    expect(
      drawn(false, [
        [0, 0],
        [2000, 5000],
      ]),
    ).toBe('checking 5,000 blocks, 2,500 blocks/s\n');
  });

  it('says for how long it has been at it, where it cannot say how far it is', () => {
    let [now, text] = [0, ''];
    const stream = { write: (more: string) => (text += more) };
    const progress = new Progress({ label: 'compacting', unit: 'entries', stream, now: () => now });
    progress.start();
    for (now = 0; now <= 7000; now += 500) {
      if (now === 3000) progress.note('the head is 7');
      progress.tick();
    }
    progress.end();
    expect(text).toBe('compacting for 1 s\ncompacting for 6 s; the head is 7\n');
  });
});
