import { bytesToBigInt, bytesToHex } from '@ethereumjs/util';

const ERROR_SELECTOR = '0x08c379a0';
const PANIC_SELECTOR = '0x4e487b71';

/** Solidity's panic codes, in geth's words. */
const PANICS: Readonly<Record<string, string>> = {
  '0': 'generic panic',
  '1': 'assert(false)',
  '17': 'arithmetic underflow or overflow',
  '18': 'division or modulo by zero',
  '33': 'enum overflow',
  '34': 'invalid encoded storage byte array accessed',
  '49': 'out-of-bounds array access; popping on an empty array',
  '50': 'out-of-bounds access of an array or bytesN',
  '65': 'out of memory',
  '81': 'uninitialized function',
};

/** `Error(string)`: undefined when the bytes are not what the ABI says. */
function errorString(payload: Uint8Array): string | undefined {
  if (payload.length < 64) return undefined;
  const length = Number(bytesToBigInt(payload.subarray(32, 64)));
  if (bytesToBigInt(payload.subarray(0, 32)) !== 32n || payload.length < 64 + length) return undefined;
  return printable(new TextDecoder().decode(payload.subarray(64, 64 + length)));
}

/** Contracts choose these bytes; a terminal or a log must not obey them. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The code of Solidity's `Panic(uint256)`. */
function panicCode(data: Uint8Array): bigint | undefined {
  const isPanic = data.length === 36 && bytesToHex(data.subarray(0, 4)) === PANIC_SELECTOR;
  return isPanic ? bytesToBigInt(data.subarray(4)) : undefined;
}

/**
 * The reason as geth's tracers tell it: the string of `require` unless it is empty, or what a panic's code stands for.
 * @example tracedReason(bytes) // 'arithmetic underflow or overflow'
 */
export function tracedReason(data: Uint8Array): string | undefined {
  const code = panicCode(data);
  if (code === undefined) return revertReason(data) || undefined;
  return PANICS[code.toString()] ?? `unknown panic code: 0x${code.toString(16)}`;
}

/**
 * Reads the reason out of what a revert returned: the string of `require`, or the meaning of a panic. Undefined for an
 * empty revert and for a custom error, whose name only its contract's ABI knows.
 * @example revertReason(bytes) // 'panic: arithmetic underflow or overflow (0x11)'
 */
export function revertReason(data: Uint8Array): string | undefined {
  if (bytesToHex(data.subarray(0, 4)) === ERROR_SELECTOR) return errorString(data.subarray(4));
  const code = panicCode(data);
  if (code === undefined) return undefined;
  return `panic: ${PANICS[code.toString()] ?? 'unknown panic code'} (0x${code.toString(16).padStart(2, '0')})`;
}
