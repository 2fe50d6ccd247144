import { beforeEach, describe, expect, it } from 'vitest';
import { Clock } from './clock.ts';

let wall: number;
let head: bigint;
const open = (allowSameTimestamp = false): Clock =>
  new Clock({ allowSameTimestamp }, { now: () => wall * 1000 + 999, headTimestamp: () => head });
/** What sealing a block does. */
const seal = (clock: Clock): bigint => {
  head = clock.takeNext();
  return head;
};

beforeEach(() => {
  wall = 1_000_000;
  head = 999_990n;
});

describe('Clock', () => {
  it('follows the wall, in whole seconds', () => {
    const clock = open();
    expect(clock.peekNext()).toBe(1_000_000n);
    wall += 5;
    expect(clock.peekNext()).toBe(1_000_005n);
    expect(clock.offset).toBe(0n);
  });

  it('is always after the head, also when blocks come faster than seconds', () => {
    const clock = open();
    expect([seal(clock), seal(clock), seal(clock)]).toEqual([1_000_000n, 1_000_001n, 1_000_002n]);
  });

  it('may stand still where that is allowed', () => {
    const clock = open(true);
    expect([seal(clock), seal(clock)]).toEqual([1_000_000n, 1_000_000n]);
    expect(() => clock.setNext(head)).not.toThrow();
  });

  it('adds up what it is moved by', () => {
    const clock = open();
    expect(clock.increase(100n)).toBe(100n);
    expect(clock.increase(50n)).toBe(150n);
    expect(clock.peekNext()).toBe(1_000_150n);
    expect(() => clock.increase(-1n)).toThrow(
      expect.objectContaining({ fault: { code: 'TIME_NEGATIVE', seconds: -1n } }),
    );
  });

  it('moves on from the last block where many blocks in one second are ahead of the wall', () => {
    const clock = open();
    for (let i = 0; i < 10; i++) seal(clock);
    expect(head).toBe(1_000_009n);
    expect(clock.increase(1_000n)).toBe(1_009n);
    expect(seal(clock)).toBe(1_001_009n);
    wall += 5;
    expect(seal(clock)).toBe(1_001_014n);
  });

  it('takes an exact next time once, and goes on from there', () => {
    const clock = open();
    clock.setNext(2_000_000n);
    expect(clock.peekNext()).toBe(2_000_000n);
    expect(seal(clock)).toBe(2_000_000n);
    wall += 10;
    expect(clock.peekNext()).toBe(2_000_010n);
  });

  it('can go back to a time after the head', () => {
    const clock = open();
    clock.setNext(999_995n);
    expect(seal(clock)).toBe(999_995n);
    expect(clock.offset).toBe(-5n);
  });

  it.each([999_990n, 0n])('refuses a next time of %s: the head is at 999990', (timestamp) => {
    const fault = { code: 'TIMESTAMP_NOT_AFTER_HEAD', timestamp, head };
    expect(() => open().setNext(timestamp)).toThrow(expect.objectContaining({ fault }));
  });

  it('moves to a time and tells by how much', () => {
    const clock = open();
    clock.setNext(5_000_000n);
    expect(clock.setTime(1_000_500n)).toBe(500n);
    expect(clock.peekNext()).toBe(1_000_500n);
    expect(() => clock.setTime(999_989n)).toThrow('timestamp');
  });

  it('keeps a distance between blocks when told to, never less than a second', () => {
    const clock = open();
    expect(clock.setInterval(12n)).toBe(false);
    expect([seal(clock), seal(clock)]).toEqual([1_000_002n, 1_000_014n]);
    expect(clock.setInterval(0n)).toBe(true);
    expect(seal(clock)).toBe(1_000_015n);
    expect(clock.setInterval(undefined)).toBe(true);
    wall += 100;
    expect(seal(clock)).toBe(1_000_100n);
  });

  it('starts where a genesis lies, in the past or in the future', () => {
    const clock = open();
    clock.startAt(42n);
    head = 42n;
    wall += 8;
    expect(clock.peekNext()).toBe(50n);
    clock.reset();
    expect(clock.peekNext()).toBe(BigInt(wall));
  });

  it('goes on from a captured time, however long ago that was', () => {
    const clock = open();
    clock.increase(100n);
    clock.setNext(2_000_000n);
    const memento = clock.capture();
    seal(clock);
    clock.increase(7n);
    wall += 60;
    head = 999_990n;
    clock.restore(memento);
    expect(seal(clock)).toBe(2_000_000n);
    head = 999_990n;
    const later = clock.capture();
    const before = clock.peekNext();
    wall += 3_600;
    clock.restore(later);
    expect(clock.peekNext()).toBe(before);
  });
});
