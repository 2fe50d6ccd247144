const ETHER = 10n ** 18n;
const GWEI = 10n ** 9n;

/** Exact, without trailing zeros. */
function inUnits(wei: bigint, unit: bigint): string {
  const part = (wei % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '');
  return part === '' ? (wei / unit).toString() : `${wei / unit}.${part}`;
}

/** Wei as ether. @example formatEther(1500000000000000000n) // '1.5' */
export const formatEther = (wei: bigint): string => inUnits(wei, ETHER);

/**
 * An amount in the unit that needs the fewest digits, never rounded.
 * @example formatAmount(123n) // '123 wei'
 */
export function formatAmount(wei: bigint): string {
  if (wei >= ETHER / 1000n) return `${inUnits(wei, ETHER)} ETH`;
  return wei >= GWEI / 1000n ? `${inUnits(wei, GWEI)} gwei` : `${wei} wei`;
}
