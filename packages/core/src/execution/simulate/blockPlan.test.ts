import { describe, expect, it } from 'vitest';
import type { BlockOverrides } from '../request.ts';
import { planBlocks } from './blockPlan.ts';

const BASE = { number: 10n, timestamp: 1000n };
const plan = (...overrides: BlockOverrides[]) =>
  planBlocks(
    BASE,
    overrides.map((blockOverrides) => ({ blockOverrides, calls: [] })),
  ).map(({ number, timestamp }) => [number, timestamp]);

describe('planBlocks', () => {
  it('counts on from the base, a slot apart', () => {
    expect(plan({}, {})).toEqual([
      [11n, 1012n],
      [12n, 1024n],
    ]);
  });

  it('fills gaps with empty blocks, the last of which leaves room for the time that is wanted', () => {
    expect(plan({ number: 13n, timestamp: 1025n })).toEqual([
      [11n, 1012n],
      [12n, 1024n],
      [13n, 1025n],
    ]);
  });

  it('goes on from a time that was given', () => {
    expect(plan({ timestamp: 5000n }, {})).toEqual([
      [11n, 5000n],
      [12n, 5012n],
    ]);
  });

  it('keeps a request beside its block', () => {
    const request = { blockOverrides: { number: 12n }, calls: [{ value: 1n }] };
    expect(planBlocks(BASE, [request]).map((one) => one.request.calls)).toEqual([[], [{ value: 1n }]]);
  });

  it.each<[number, string, BlockOverrides[]]>([
    [-32602, 'empty input', []],
    [-38020, '10 <= 10', [{ number: 10n }]],
    [-38020, '12 <= 12', [{ number: 12n }, { number: 12n }]],
    [-38021, '1000 <= 1000', [{ timestamp: 1000n }]],
    [-38021, '1012 <= 1024', [{ number: 13n, timestamp: 1012n }]],
    [-38026, 'too many blocks', [{ number: 267n }]],
  ])('refuses with %d: %s', (rpcCode, detail, overrides) => {
    expect(() => plan(...overrides)).toThrow(
      expect.objectContaining({
        fault: { code: 'SIMULATION_REFUSED', rpcCode, detail: expect.stringContaining(detail) },
      }),
    );
  });

  it('reaches 256 blocks and no further', () => expect(plan({ number: 266n })).toHaveLength(256));
});
