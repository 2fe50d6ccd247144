import { InvalidArgumentError } from 'commander';

/** Reads a block's number, decimal or 0x-hex. @throws InvalidArgumentError. */
export function blockNumber(text: string): bigint {
  if (!/^(\d{1,19}|0x[0-9a-fA-F]{1,16})$/.test(text)) {
    throw new InvalidArgumentError('expected the number of a block, decimal or 0x-hex');
  }
  return BigInt(text);
}
