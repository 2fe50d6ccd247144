import { type Abi, BaseError, ContractFunctionRevertedError, type Hex, isHex, stringify } from 'viem';

/** What a revert's bytes mean. */
export interface DecodedRevert {
  readonly reason: string;
  readonly errorName: string | undefined;
  readonly args: readonly unknown[];
}

const hex = (value: unknown): string =>
  `0x${BigInt(value as bigint)
    .toString(16)
    .padStart(2, '0')}`;

function written(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  return stringify(value);
}

/**
 * Reads what a failing call returned: `Error(string)`, `Panic(uint256)`, or a custom error of the ABI.
 * @example decodeRevert('0x08c379a0…').reason // 'balance too low'
 */
export function decodeRevert(data: Hex, abi: Abi = []): DecodedRevert {
  if (data === '0x') return { reason: 'no reason given', errorName: undefined, args: [] };
  const { data: decoded, reason, raw } = new ContractFunctionRevertedError({ abi, data, functionName: '' });
  if (decoded === undefined) {
    const text = data.length < 10 ? `data ${data}` : `unknown custom error ${(raw ?? data).slice(0, 10)}`;
    return { reason: text, errorName: undefined, args: [] };
  }
  const { errorName, args = [] } = decoded;
  if (errorName === 'Error') return { reason: String(args[0]), errorName, args };
  if (errorName === 'Panic') {
    return { reason: `panic ${hex(args[0])}: ${reason ?? 'unknown panic code'}`, errorName, args };
  }
  return { reason: `${errorName}(${args.map(written).join(', ')})`, errorName, args };
}

const REVERTED = 3;
const HALTED = /EVM error \w+: .*/;

/** The EVM failure inside an error that a client threw; undefined when it is about something else. */
export function evmFailureOf(error: unknown, abi?: Abi): (DecodedRevert & { readonly data: Hex }) | undefined {
  if (!(error instanceof BaseError)) return undefined;
  const reverted = error.walk((link) => (link as { code?: unknown }).code === REVERTED) as { data?: unknown } | null;
  if (reverted !== null) {
    const data = isHex(reverted.data) ? reverted.data : '0x';
    return { ...decodeRevert(data, abi), data };
  }
  const halt = HALTED.exec(error.details);
  if (halt === null) return undefined;
  return { reason: halt[0], errorName: undefined, args: [], data: '0x' };
}
