import { type Address, keccak256 } from '@minichain/core';
import { type Hex, hexFromBytes } from '@minichain/protocol';

/**
 * An address in EIP-55's mixed case, as geth writes the senders of its pool.
 * @example checksum(address) // '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
 */
export function checksum(address: Address): Hex {
  const digits = address.toString().slice(2);
  const hash = hexFromBytes(keccak256(new Uint8Array(Buffer.from(digits)))).slice(2);
  const cased = [...digits].map((digit, i) => (Number(`0x${hash[i]}`) >= 8 ? digit.toUpperCase() : digit));
  return `0x${cased.join('')}`;
}
