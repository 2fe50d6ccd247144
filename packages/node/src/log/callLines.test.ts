import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallLines, createCallLines } from './callLines.ts';

let written: string[];
const taken = (): string => written.splice(0).join('');
const create = (columns?: () => number): CallLines => createCallLines((text) => written.push(text), columns);

beforeEach(() => {
  written = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a pipe', () => {
  it('gets a run as one line, when it is over or a moment after it began', () => {
    const lines = create();
    for (const method of ['eth_chainId', 'eth_blockNumber', 'eth_chainId']) lines.add(method);
    expect(taken()).toBe('');
    vi.advanceTimersByTime(250);
    expect(taken()).toBe('eth_chainId (2), eth_blockNumber\n');
    lines.add('eth_call');
    lines.end();
    expect(taken()).toBe('eth_call\n');
    lines.end();
    vi.advanceTimersByTime(60_000);
    expect(taken()).toBe('');
  });

  it('hears of repetitions seldom, of anything new soon', () => {
    const lines = create();
    lines.add('eth_blockNumber');
    vi.advanceTimersByTime(250);
    expect(taken()).toBe('eth_blockNumber\n');
    for (let i = 0; i < 9; i++) {
      lines.add('eth_blockNumber');
      vi.advanceTimersByTime(1000);
    }
    expect(taken()).toBe('');
    vi.advanceTimersByTime(1000);
    expect(taken()).toBe('eth_blockNumber (9)\n');
    lines.add('eth_blockNumber');
    lines.add('eth_call');
    vi.advanceTimersByTime(250);
    expect(taken()).toBe('eth_blockNumber, eth_call\n');
  });

  it('hears of the same soon again after something else', () => {
    const lines = create();
    lines.add('eth_blockNumber');
    lines.end();
    taken();
    lines.add('eth_blockNumber');
    vi.advanceTimersByTime(250);
    expect(taken()).toBe('eth_blockNumber\n');
  });

  it('gets empty blocks as a range', () => {
    const lines = create();
    lines.addEmptyBlock(1n);
    vi.advanceTimersByTime(250);
    expect(taken()).toBe('mined empty block #1\n');
    for (let number = 2n; number <= 11n; number++) {
      lines.addEmptyBlock(number);
      vi.advanceTimersByTime(1000);
    }
    expect(taken()).toBe('mined empty blocks #2 to #11\n');
  });

  it('hears nothing of what was taken back', () => {
    const lines = create();
    lines.add('eth_call');
    lines.takeBack('eth_call');
    lines.end();
    expect(taken()).toBe('');
  });

  it('gets no endless lines', () => {
    const lines = create();
    for (let i = 0; i < 20; i++) lines.add(`eth_method${i}`);
    lines.end();
    const printed = taken().split('\n');
    expect(Math.max(...printed.map(({ length }) => length))).toBeLessThan(120);
    expect(printed.join('\n').match(/eth_method\d+/g)).toHaveLength(20);
  });
});

describe('a terminal', () => {
  const ERASE = '\r\u001b[2K';

  it('sees the line at once, and sees it grow in place', () => {
    const lines = create(() => 80);
    lines.add('eth_blockNumber');
    expect(taken()).toBe('eth_blockNumber');
    for (let i = 0; i < 100; i++) lines.add('eth_blockNumber');
    expect(taken()).toBe('');
    vi.advanceTimersByTime(50);
    expect(taken()).toBe(`${ERASE}eth_blockNumber (101)`);
    lines.end();
    expect(taken()).toBe('\n');
  });

  it('sees the last state when the line ends', () => {
    const lines = create(() => 80);
    lines.add('eth_blockNumber');
    lines.addEmptyBlock(7n);
    lines.end();
    expect(taken()).toBe(`eth_blockNumber${ERASE}eth_blockNumber, mined empty block #7\n`);
    lines.end();
    expect(taken()).toBe('');
  });

  it('sees what is taken back go', () => {
    const lines = create(() => 80);
    lines.add('eth_call');
    lines.takeBack('eth_call');
    lines.end();
    expect(taken()).toBe(`eth_call${ERASE}`);
  });

  it('gets a new line before the old one would wrap', () => {
    const lines = create(() => 40);
    for (let i = 0; i < 6; i++) lines.add(`eth_method${i}`);
    lines.end();
    const rows = taken()
      .split('\n')
      .map((row) => row.split(ERASE).at(-1) as string);
    expect(Math.max(...rows.map(({ length }) => length))).toBeLessThan(40);
    expect(rows.join(' ').match(/eth_method\d/g)).toHaveLength(6);
  });

  it('gives a long name a line of its own', () => {
    const lines = create(() => 50);
    for (const method of ['eth_chainId', 'hardhat_setNextBlockBaseFeePerGas', 'hardhat_setNextBlockBaseFeePerGas']) {
      lines.add(method);
    }
    lines.addEmptyBlock(1_000_000n);
    lines.end();
    expect(taken().replaceAll(ERASE, '|')).toBe(
      'eth_chainId\nhardhat_setNextBlockBaseFeePerGas|hardhat_setNextBlockBaseFeePerGas (2)\nmined empty block #1000000\n',
    );
  });
});
