import { precompileBytes } from '../wasm/precompileBytes.ts';

/** What `assembly/precompiles/index.ts` exports. Booleans come back as numbers. */
interface PrecompileExports {
  readonly memory: WebAssembly.Memory;
  input(): number;
  output(): number;
  configure(isWide: boolean, isMinusThree: boolean): void;
  constantAddress(index: number): number;
  addPoints(isTwist: boolean): number;
  beginSum(isTwist: boolean): void;
  readPoint(offset: number, checkSubgroup: boolean): number;
  addTerm(isNegative: boolean, scalarOffset: number, bytes: number): void;
  addImageTerm(isNegative: boolean, scalarOffset: number, bytes: number): void;
  finishSum(): void;
  keepSum(): void;
  isFirstCoordinate(offset: number): number;
  beginPairing(): void;
  takePair(): number;
  isProductOne(): number;
  mapToPoint(isTwist: boolean): number;
  divideBySignature(): number;
  blake2fBegin(): void;
  blake2fGoOn(rounds: number): void;
  blake2fFinish(): void;
  modexp(length: number, exponentLength: number): void;
  modexpRoom(): number;
  sha256(length: number): void;
  ripemd160(length: number): void;
}

/** Bytes of the input region. */
export const INPUT_ROOM = 65_536;

let compiled: WebAssembly.Module | undefined;

/** One instance of the module: its memory holds the constants of one field. Compiled on the first call of a precompile that needs it. */
export class PrecompileInstance {
  readonly exports: PrecompileExports;
  readonly #bytes: Uint8Array;
  readonly #input: number;
  readonly #output: number;

  constructor() {
    compiled ??= new WebAssembly.Module(Buffer.from(precompileBytes, 'base64'));
    this.exports = new WebAssembly.Instance(compiled).exports as unknown as PrecompileExports;
    // The memory never grows, so that one view of it stays good.
    this.#bytes = new Uint8Array(this.exports.memory.buffer);
    this.#input = this.exports.input();
    this.#output = this.exports.output();
  }

  /** Lays bytes into the input region. */
  put(bytes: Uint8Array, offset = 0): void {
    this.#bytes.set(bytes, this.#input + offset);
  }

  /** A copy of the output region's first bytes. */
  take(length: number): Uint8Array {
    return this.#bytes.slice(this.#output, this.#output + length);
  }

  /** A copy of the input region's first bytes. */
  takeInput(length: number): Uint8Array {
    return this.#bytes.slice(this.#input, this.#input + length);
  }
}

let plain: PrecompileInstance | undefined;

/** The instance for what needs no field: hashes and modular exponentiation. */
export function plainInstance(): PrecompileInstance {
  plain ??= new PrecompileInstance();
  return plain;
}
