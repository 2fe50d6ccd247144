import { expect, it } from 'vitest';
import { SETTINGS } from '../packages/node/src/config/schema.ts';
import type { Setting } from '../packages/node/src/config/setting.ts';
import { PEER_FLAGS } from './support/peerFlags.ts';

const longNames = (text: string): readonly string[] => text.match(/--[a-z][a-zA-Z0-9-]*/g) ?? [];
const ours = new Set(
  Object.values(SETTINGS as Record<string, Setting<unknown>>).flatMap(({ flag, aliases = [] }) =>
    [flag, ...aliases].flatMap(longNames),
  ),
);

it.each([
  ['Anvil 1.7.1', 67],
  ['Hardhat 2 and 3', 42],
  ['Ganache 7.9.2', 46],
] as const)('the list of %s is whole: %i options', (peer, count) => {
  expect(Object.keys(PEER_FLAGS[peer])).toHaveLength(count);
});

it.each(Object.entries(PEER_FLAGS))('has a flag for every option of %s, or a reason', (_, options) => {
  for (const [option, answer] of Object.entries(options)) {
    if (typeof answer === 'object' && 'leftOut' in answer) {
      expect(answer.leftOut, option).not.toBe('');
      continue;
    }
    for (const flag of [answer].flat()) expect(ours, `${option} is said to be ${flag}`).toContain(flag);
  }
});

it('takes what Anvil has under the same name under that name', () => {
  const renamed = Object.entries(PEER_FLAGS['Anvil 1.7.1'])
    .filter(([option, answer]) => typeof answer === 'string' && answer !== option)
    .map(([option]) => option);
  expect(renamed).toEqual(['--json', '--transaction-block-keeper', '-v']);
  for (const [option, answer] of Object.entries(PEER_FLAGS['Anvil 1.7.1'])) {
    expect(ours.has(option) && typeof answer === 'object' && 'leftOut' in answer, `${option} is there`).toBe(false);
  }
});
