const ETHER = 10n ** 18n;

/** Wei as ether, without trailing zeros. @example formatEther(1500000000000000000n) // '1.5' */
export function formatEther(wei: bigint): string {
  const whole = wei / ETHER;
  const part = (wei % ETHER).toString().padStart(18, '0').replace(/0+$/, '');
  return part === '' ? whole.toString() : `${whole}.${part}`;
}
