import { describe, expect, it } from 'vitest';
import { HARDFORK_NAMES, hardforkFromName, scheduleFromForks, scheduleFromGeth, scheduleFromName } from './schedule.ts';

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

  const heights = (config: Record<string, unknown>) =>
    Object.fromEntries(scheduleFromGeth(config).map(({ name, block, timestamp }) => [name, block ?? timestamp]));

  it('reads heights and times', () => {
    const schedule = scheduleFromGeth({ homesteadBlock: 3, londonBlock: '7', shanghaiTime: '0x10' });
    expect(schedule).toContainEqual({ name: 'homestead', block: 3, timestamp: null });
    expect(schedule).toContainEqual({ name: 'london', block: 7, timestamp: null });
    expect(schedule.at(-1)).toEqual({ name: 'shanghai', block: null, timestamp: 16 });
  });

  it('reads keys in any case, as geth does', () => {
    expect(heights({ IstanbulBlock: 1, BERLINBLOCK: 2 })).toMatchObject({ istanbul: 1, berlin: 2 });
  });

  it('brings a fork that is left out with the next that is named', () => {
    expect(heights({ homesteadBlock: 3, londonBlock: 7, pragueTime: 90, bpo1Time: 100 })).toEqual({
      ...{ chainstart: 0, homestead: 3, tangerineWhistle: 7, spuriousDragon: 7, byzantium: 7, constantinople: 7 },
      ...{
        petersburg: 7,
        istanbul: 7,
        berlin: 7,
        london: 7,
        mergeNetsplitBlock: 7,
        paris: 7,
        shanghai: 90,
        cancun: 90,
        prague: 90,
      },
      ...{ osaka: 100, bpo1: 100 },
    });
  });

  it.each([
    [{ berlinBlock: 10, londonBlock: 5 }, 'config.berlinBlock (10) must not be later than config.londonBlock (5)'],
    [{ cancunTime: 10, pragueTime: 5 }, 'config.cancunTime (10) must not be later than config.pragueTime (5)'],
  ])('refuses a fork before the one it builds on: %j', (config, message) => {
    expect(() => scheduleFromGeth(config)).toThrow(message);
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

describe('scheduleFromForks', () => {
  const rows = (...forks: Parameters<typeof scheduleFromForks>[0]) =>
    scheduleFromForks(forks, 1_000n).map(({ name, block, timestamp }) => `${name}@${block ?? `t${timestamp}`}`);

  it('brings what is left out with the next fork that is named', () => {
    expect(
      rows({ name: 'london', block: 0 }, { name: 'cancun', block: 9 }, { name: 'osaka', timestamp: 2_000 }),
    ).toEqual(
      expect.arrayContaining([
        'berlin@0',
        'london@0',
        'paris@9',
        'shanghai@9',
        'cancun@9',
        'prague@t2000',
        'osaka@t2000',
      ]),
    );
    expect(rows({ name: 'prague', block: 0 }).at(-1)).toBe('prague@t0');
  });

  it('counts from genesis, and takes a time that is past as the start', () => {
    expect(rows({ name: 'london', timestamp: 1_000 }, { name: 'shanghai', afterGenesis: 60 })).toEqual(
      expect.arrayContaining(['london@0', 'shanghai@t1060']),
    );
  });

  it.each<[string, Parameters<typeof scheduleFromForks>[0]]>([
    [
      'london is there twice',
      [
        { name: 'london', block: 0 },
        { name: 'London', block: 1 },
      ],
    ],
    [
      'cancun@5 cannot come before london@7',
      [
        { name: 'berlin', block: 0 },
        { name: 'cancun', block: 5 },
        { name: 'london', block: 7 },
      ],
    ],
    ['it needs a fork that the chain starts with', [{ name: 'london', block: 1 }]],
    ['it needs a fork that the chain starts with', []],
    ['london needs one of block, timestamp and afterGenesis', [{ name: 'london' }]],
    ['london has no whole number', [{ name: 'london', block: -1 }]],
  ])('refuses: %s', (detail, forks) => {
    expect(() => scheduleFromForks(forks, 0n)).toThrow(`invalid hardfork schedule: ${detail}`);
  });

  it('refuses a fork that nobody knows', () => {
    expect(() => scheduleFromForks([{ name: 'atlantis', block: 0 }], 0n)).toThrow(/unknown hardfork "atlantis"/);
  });
});
