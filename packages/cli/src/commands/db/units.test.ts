import { expect, it } from 'vitest';
import { byteText, counted, durationText } from './units.ts';

it('gives sizes in the unit that fits', () => {
  expect([0, 999, 1000, 1_500_000, 999_960, 2.5e12].map(byteText)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.5 MB',
    '1.0 MB',
    '2.5 TB',
  ]);
});

it('gives times as people say them', () => {
  expect([0, 59.6, 75, 7260].map(durationText)).toEqual(['0 s', '1 min 0 s', '1 min 15 s', '2 h 1 min']);
});

it('counts things', () => {
  expect([counted(1, 'block'), counted(12_000, 'block')]).toEqual(['1 block', '12,000 blocks']);
});
