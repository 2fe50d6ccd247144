import { describe, expect, it } from 'vitest';
import { HARDFORK_NAMES, hardforkFromName, scheduleFromGeth, scheduleFromName } from './schedule.ts';

describe('hardforkFromName', () => {
  it.each([
    ['Cancun', 'cancun'],
    ['latest', 'bpo2'],
    ['merge', 'paris'],
    ['Frontier', 'chainstart'],
    ['eip158', 'spuriousDragon'],
    ['tangerine', 'tangerineWhistle'],
    ['MUIRGLACIER', 'muirGlacier'],
  ])('%s is %s', (name, fork) => expect(hardforkFromName(name)).toBe(fork));

  it.each(['', 'constant', 'bpo9', '__proto__'])('knows no fork "%s"', (name) => {
    expect(hardforkFromName(name)).toBeUndefined();
  });
});

describe('scheduleFromName', () => {
  it.each(HARDFORK_NAMES)('has everything up to %s from the first block on', (name) => {
    const schedule = scheduleFromName(name);
    expect(schedule.at(-1)?.name).toBe(name);
    for (const { block, timestamp } of schedule) expect([block, timestamp]).toContain(0);
  });

  it('has no irregular state change unless that fork is the last', () => {
    expect(scheduleFromName('london').map(({ name }) => name)).not.toContain('dao');
  });
});

describe('scheduleFromGeth', () => {
  const names = (config: Record<string, unknown>) => scheduleFromGeth(config).map(({ name }) => name);

  it('reads heights and times', () => {
    expect(scheduleFromGeth({ homesteadBlock: 3, londonBlock: '7', shanghaiTime: '0x10' })).toEqual([
      { name: 'chainstart', block: 0, timestamp: null },
      { name: 'homestead', block: 3, timestamp: null },
      { name: 'london', block: 7, timestamp: null },
      { name: 'shanghai', block: null, timestamp: 16 },
    ]);
  });

  it('reads keys in any case, as geth does', () => {
    expect(names({ IstanbulBlock: 1, BERLINBLOCK: 2 })).toEqual(['chainstart', 'istanbul', 'berlin']);
  });

  it.each([
    [{ terminalTotalDifficulty: 0 }],
    [{ terminalTotalDifficultyPassed: true }],
    [{ shanghaiTime: 0 }],
    [{ mergeNetsplitBlock: 0 }],
  ])('is merged from the start with %j', (config) => expect(names(config)).toContain('paris'));

  it('is not merged where a time is null', () => {
    expect(names({ terminalTotalDifficulty: '58750000000000000000000', shanghaiTime: null })).toEqual(['chainstart']);
  });

  it('has the DAO fork only where it is supported', () => {
    expect(names({ daoForkBlock: 5, daoForkSupport: true })).toContain('dao');
    expect(names({ daoForkBlock: 5 })).not.toContain('dao');
  });

  it.each([-1, 1.5, 'soon', 2 ** 60])('refuses to activate a fork at %s', (value) => {
    expect(() => scheduleFromGeth({ londonBlock: value })).toThrow('config.londonBlock must be a block number');
  });
});
