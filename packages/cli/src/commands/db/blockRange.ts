import { InvalidArgumentError } from 'commander';
import { CliError } from '../../cliError.ts';

/** Bounds of a range, inclusive. */
export interface RangeFlags {
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
}

const USAGE = 2;

/** Reads a block's number, decimal or 0x-hex. @throws InvalidArgumentError. */
export function blockNumber(text: string): bigint {
  if (!/^(\d{1,19}|0x[0-9a-fA-F]{1,16})$/.test(text)) {
    throw new InvalidArgumentError('expected the number of a block, decimal or 0x-hex');
  }
  return BigInt(text);
}

/** @throws CliError when the range ends before it begins. */
export function blockRange({ from, to }: RangeFlags): { readonly from?: bigint; readonly to?: bigint } {
  if (from !== undefined && to !== undefined && from > to) {
    throw new CliError(`--from ${from} is above --to ${to}`, USAGE);
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
