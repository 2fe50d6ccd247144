import { describe, expect, it } from 'vitest';
import { CompileError } from './compileFaults.ts';
import { evmVersionFor, evmVersionFromHardfork, evmVersionFromName } from './evmVersion.ts';

describe('evmVersionFor', () => {
  it.each([
    ['0.4.20', undefined],
    ['0.4.26', 'byzantium'],
    ['0.5.17', 'istanbul'],
    ['0.8.17', 'london'],
    ['0.8.24', 'shanghai'],
    ['0.8.30', 'prague'],
    ['0.8.37', 'osaka'],
    ['0.9.5', 'osaka'],
  ])('is the default of solc %s', (solc, expected) => {
    expect(evmVersionFor(solc)).toBe(expected);
  });

  it('is not newer than the node', () => {
    expect(evmVersionFor('0.8.37', { newest: 'london' })).toBe('london');
    expect(evmVersionFor('0.7.6', { newest: 'cancun' })).toBe('istanbul');
  });

  it('takes the wanted one as far as the solc knows it', () => {
    expect(evmVersionFor('0.8.24', { wanted: 'cancun' })).toBe('cancun');
    expect(evmVersionFor('0.8.37', { wanted: 'berlin' })).toBe('berlin');
    expect(evmVersionFor('0.7.6', { wanted: 'osaka' })).toBe('istanbul');
  });
});

describe('names', () => {
  it('takes any case and refuses what solc does not know', () => {
    expect(evmVersionFromName('tangerinewhistle')).toBe('tangerineWhistle');
    expect(() => evmVersionFromName('byzantine')).toThrow(CompileError);
  });

  it('knows what a hardfork runs', () => {
    expect(evmVersionFromHardfork('bpo2')).toBe('osaka');
    expect(evmVersionFromHardfork('GrayGlacier')).toBe('london');
    expect(evmVersionFromHardfork('Cancun')).toBe('cancun');
    expect(evmVersionFromHardfork('unheardOf')).toBeUndefined();
  });
});
