import { keccak256 } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';

/**
 * An address in EIP-55's mixed case.
 * @example checksumAddress('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266') // '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
 */
export function checksumAddress(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = hexFromBytes(keccak256(new Uint8Array(Buffer.from(digits)))).slice(2);
  const mixed = [...digits].map((digit, index) => ((hash[index] as string) >= '8' ? digit.toUpperCase() : digit));
  return `0x${mixed.join('')}`;
}
