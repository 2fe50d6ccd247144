import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createKeccak } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';

const CASES = Number(process.env['CORE_FUZZ_CASES'] ?? 60);
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

describe.each(FORKS)('the core and EthereumJS on %s', (hardfork) => {
  it('agree on random programs', async () => {
    const hasher = await createKeccak(256);
    const hash = (code: Uint8Array) => hasher.init().update(code).digest('binary');
    const common = new Common({ chain: Mainnet, hardfork });
    const result = await compare(
      common,
      Array.from({ length: CASES }, (_, i) => FIRST + i),
      { hash },
    );
    if (process.env['CORE_FUZZ_CASES'])
      console.info(hardfork, result.cases, JSON.stringify(result.mix), result.differences.length);
    expect(result.differences.slice(0, 1)).toEqual([]);
    expect(result.mix['success']).toBeGreaterThan(CASES / 10);
  });
});
