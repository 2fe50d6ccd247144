import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createKeccak256 } from '@minichain/evm';
import { describe, expect, it } from 'vitest';
import { compare } from '../../evm/fuzz/compare.ts';
import { coreRunner } from '../../evm/fuzz/runners.ts';
import { createUnitCompiler, type UnitCompilerOptions } from '../src/index.ts';

const CASES = Number(process.env['CORE_FUZZ_CASES'] ?? 12);
const FIRST = Number(process.env['CORE_FUZZ_SEED'] ?? 1);

const FORKS = [
  Hardfork.Chainstart,
  Hardfork.Homestead,
  Hardfork.TangerineWhistle,
  Hardfork.SpuriousDragon,
  Hardfork.Byzantium,
  Hardfork.Constantinople,
  Hardfork.Petersburg,
  Hardfork.Istanbul,
  Hardfork.Berlin,
  Hardfork.London,
  Hardfork.Paris,
  Hardfork.Shanghai,
  Hardfork.Cancun,
  Hardfork.Prague,
  Hardfork.Osaka,
];

/** Whole code at its first block, and what has run after a few rounds of a loop. */
const POLICIES: readonly UnitCompilerOptions[] = [
  { threshold: 1, reach: 'all' },
  { threshold: 1, reach: 'executed' },
  { threshold: 3, reach: 'executed' },
];

describe.each(FORKS)('compiled code and EthereumJS on %s', (hardfork) => {
  it.each(POLICIES)('agree on random programs, compiled after $threshold entries, $reach', async (policy) => {
    const hash = createKeccak256();
    const common = new Common({ chain: Mainnet, hardfork });
    const compiler = createUnitCompiler({ ...policy, hasBudget: false });
    const seeds = Array.from({ length: CASES }, (_, i) => FIRST + i);
    const result = await compare(common, seeds, { hash, run: coreRunner(common, hash, undefined, compiler) });
    const { units, refused, failed } = compiler.statistics;
    if (process.env['CORE_FUZZ_CASES'])
      console.info(hardfork, policy, result.cases, JSON.stringify(result.mix), { units, refused });
    expect(result.differences.slice(0, 1)).toEqual([]);
    expect(result.mix['success']).toBeGreaterThan(CASES / 10);
    expect(failed).toBe(0);
    expect(units).toBeGreaterThan(0);
  });
});
