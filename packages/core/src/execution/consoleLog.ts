import { format } from 'node:util';
import { bytesToBigInt, bytesToHex, bytesToUtf8, utf8ToBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';

/** Types that `console.log` of Hardhat and Foundry take in any combination of up to four arguments. */
const COMBINED = ['uint256', 'string', 'bool', 'address'] as const;
const SINGLE = [...COMBINED, 'int256', 'bytes', ...Array.from({ length: 32 }, (_, i) => `bytes${i + 1}`)];

function combinations(): string[][] {
  const all: string[][] = [[], ...SINGLE.map((type) => [type])];
  let longer: string[][] = COMBINED.map((type) => [type]);
  for (let count = 2; count <= 4; count++) {
    longer = longer.flatMap((types) => COMBINED.map((type) => [...types, type]));
    all.push(...longer);
  }
  return all;
}

function selectorOf(types: readonly string[]): string {
  return bytesToHex(keccak256(utf8ToBytes(`log(${types.join(',')})`)).subarray(0, 4));
}

/** Built on the first console call: 336 combinations, single types, and the legacy names `uint` and `int`. */
let signatures: Map<string, string[]> | undefined;

function signaturesBySelector(): Map<string, string[]> {
  if (signatures !== undefined) return signatures;
  signatures = new Map();
  for (const types of combinations()) {
    signatures.set(selectorOf(types), types);
    const legacy = types.map((type) => type.replace(/^(u?int)256$/, '$1'));
    signatures.set(selectorOf(legacy), types);
  }
  return signatures;
}

function dynamicBytes(payload: Uint8Array, head: Uint8Array): Uint8Array {
  const offset = Number(bytesToBigInt(head));
  const length = Number(bytesToBigInt(payload.subarray(offset, offset + 32)));
  return payload.subarray(offset + 32, offset + 32 + length);
}

function argument(type: string, payload: Uint8Array, index: number): string {
  const word = payload.subarray(32 * index, 32 * index + 32);
  if (type === 'string') return bytesToUtf8(dynamicBytes(payload, word));
  if (type === 'bytes') return bytesToHex(dynamicBytes(payload, word));
  if (type === 'bool') return bytesToBigInt(word) === 0n ? 'false' : 'true';
  if (type === 'address') return bytesToHex(word.subarray(12));
  if (type === 'uint256') return bytesToBigInt(word).toString();
  if (type === 'int256') return BigInt.asIntN(256, bytesToBigInt(word)).toString();
  return bytesToHex(word.subarray(0, Number(type.slice('bytes'.length))));
}

/**
 * The line that a call to the console address prints: its arguments through `util.format`, where %d and %i take integers
 * of any size.
 * @returns undefined when the call data is none of the known signatures.
 */
export function consoleLineFromCall(data: Uint8Array): string | undefined {
  const types = signaturesBySelector().get(bytesToHex(data.subarray(0, 4)));
  if (types === undefined) return undefined;
  const payload = data.subarray(4);
  if (payload.length < 32 * types.length) return undefined;
  const args = types.map((type, index) => argument(type, payload, index));
  if (types[0] === 'string' && args.length > 1) {
    const template = (args[0] as string).replace(/%%|%[di]/g, (found) => (found === '%%' ? found : '%s'));
    return format(template, ...args.slice(1));
  }
  return args.join(' ');
}
