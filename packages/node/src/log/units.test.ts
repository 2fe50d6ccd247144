import { expect, it } from 'vitest';
import { formatAmount, formatEther } from './units.ts';

it('formats ether exactly', () => {
  expect(formatEther(0n)).toBe('0');
  expect(formatEther(10n ** 22n)).toBe('10000');
  expect(formatEther(15n * 10n ** 17n)).toBe('1.5');
  expect(formatEther(1n)).toBe('0.000000000000000001');
});

it.each([
  [0n, '0 wei'],
  [123n, '123 wei'],
  [999_999n, '999999 wei'],
  [1_000_000n, '0.001 gwei'],
  [10n ** 9n, '1 gwei'],
  [1_500_000_001n, '1.500000001 gwei'],
  [10n ** 15n - 1n, '999999.999999999 gwei'],
  [10n ** 15n, '0.001 ETH'],
  [10n ** 18n + 1n, '1.000000000000000001 ETH'],
])('shows %i wei as %s', (wei, text) => {
  expect(formatAmount(wei)).toBe(text);
});
