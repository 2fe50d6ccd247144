import { hexFromBytes } from '@minichain/protocol';
import { checksumAddress } from '@minichain/rpc';
import { knownSignature } from './knownSignatures.ts';

const WORD = 32;
const numberFrom = (word: Uint8Array): bigint => BigInt(hexFromBytes(word));

/** One argument of a type that takes a single word; undefined for any other type. */
function argumentText(type: string, word: Uint8Array): string | undefined {
  if (type === 'address') return checksumAddress(hexFromBytes(word.subarray(12)));
  if (type === 'bool') return numberFrom(word) === 0n ? 'false' : 'true';
  if (/^uint\d+$/.test(type)) return numberFrom(word).toString();
  const size = /^bytes(\d+)$/.exec(type)?.[1];
  return size === undefined ? undefined : hexFromBytes(word.subarray(0, Number(size)));
}

/** A call with its arguments where each takes one word, otherwise the signature alone. */
function withArguments(signature: string, payload: Uint8Array): string {
  const open = signature.indexOf('(');
  const types = signature
    .slice(open + 1, -1)
    .split(',')
    .filter((type) => type !== '');
  if (payload.length !== WORD * types.length) return signature;
  const args = types.map((type, i) => argumentText(type, payload.subarray(WORD * i, WORD * (i + 1))));
  return args.includes(undefined) ? signature : `${signature.slice(0, open)}(${args.join(', ')})`;
}

/**
 * The function that call data is for: its name and arguments when it is a common one, else its selector.
 * @returns undefined for data too short to have one.
 * @example callText(data) // 'transfer(0x70997970C51812dc3A010C7d01b50e0d17dc79C8, 5)'
 */
export function callText(data: Uint8Array): string | undefined {
  if (data.length < 4) return undefined;
  const signature = knownSignature('functions', data);
  return signature === undefined ? hexFromBytes(data.subarray(0, 4)) : withArguments(signature, data.subarray(4));
}

/** As many bytes of an unknown custom error as tell it apart. */
const SHOWN_ERROR_BYTES = 4 + 4 * 32;

/**
 * What a failure is told as: its message, or the custom error: name and arguments where it is a common one, else its bytes.
 * @param data what the EVM returned.
 */
export function failureText(message: string, data: Uint8Array): string {
  const signature = knownSignature('errors', data);
  if (signature !== undefined) return `execution reverted: ${withArguments(signature, data.subarray(4))}`;
  if (message !== 'execution reverted' || data.length === 0) return message;
  const more = data.length > SHOWN_ERROR_BYTES ? '…' : '';
  return `${message}: custom error ${hexFromBytes(data.subarray(0, SHOWN_ERROR_BYTES))}${more}`;
}
