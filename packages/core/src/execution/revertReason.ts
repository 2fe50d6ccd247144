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

/**
 * Reads the reason out of what a revert returned: the string of `require`, the meaning of a panic, or the selector and
 * arguments of a custom error in hex. Undefined for an empty revert.
 * @example revertReason(bytes) // 'arithmetic underflow or overflow (0x11)'
 */
export function revertReason(data: Uint8Array): string | undefined {
  if (data.length < 4) return data.length === 0 ? undefined : bytesToHex(data);
  const selector = bytesToHex(data.subarray(0, 4));
  const payload = data.subarray(4);
  if (selector === ERROR_SELECTOR) {
    const text = errorString(payload);
    if (text !== undefined) return text;
  }
  if (selector === PANIC_SELECTOR && payload.length === 32) {
    const code = bytesToBigInt(payload);
    return `panic: ${PANICS[code.toString()] ?? 'unknown panic code'} (0x${code.toString(16).padStart(2, '0')})`;
  }
  const args =
    payload.length === 0 ? '' : `: ${bytesToHex(payload.subarray(0, 256))}${payload.length > 256 ? '…' : ''}`;
  return `custom error ${selector}${args}`;
}
