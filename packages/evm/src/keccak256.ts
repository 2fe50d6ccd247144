import { keccakBytes } from './wasm/keccakBytes.ts';

interface KeccakExports {
  readonly memory: WebAssembly.Memory;
  inputAt(): number;
  hashAt(): number;
  hash(length: number): void;
  longInputAt(length: number): number;
  hashLong(length: number): void;
}

const HASH_LENGTH = 32;
const SHORT_INPUT = 65_536;

/**
 * Keccak-256 in an instance of its own.
 * @returns the hash function: any bytes to 32 new ones.
 * @example createKeccak256()(new Uint8Array()) // c5d2…a470
 */
export function createKeccak256(): (bytes: Uint8Array) => Uint8Array {
  const module = new WebAssembly.Module(Buffer.from(keccakBytes, 'base64'));
  const exports = new WebAssembly.Instance(module).exports as unknown as KeccakExports;
  const input = exports.inputAt();
  const result = exports.hashAt();
  let memory = new Uint8Array(exports.memory.buffer);
  const long = (bytes: Uint8Array): void => {
    const at = exports.longInputAt(bytes.length);
    // Growing takes the old buffer away.
    memory = new Uint8Array(exports.memory.buffer);
    memory.set(bytes, at);
    exports.hashLong(bytes.length);
  };
  return (bytes) => {
    if (bytes.length > SHORT_INPUT) long(bytes);
    else {
      memory.set(bytes, input);
      exports.hash(bytes.length);
    }
    return memory.slice(result, result + HASH_LENGTH);
  };
}
