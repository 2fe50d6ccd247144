const PAIRING = 8;
const PAIR_SIZE = 192;
const BLAKE2F = 9;
const BLAKE2F_SIZE = 213;
const POINT_EVALUATION = 10;
const POINT_EVALUATION_SIZE = 192;

const numberOf = (address: Uint8Array): number =>
  address.subarray(0, -1).every((byte) => byte === 0) ? (address.at(-1) as number) : 0;

/** Why a precompile has failed, in geth's words, where its input says so; undefined where more would have to be known. */
export function precompileError(address: Uint8Array, input: Uint8Array): string | undefined {
  switch (numberOf(address)) {
    case PAIRING:
      return input.length % PAIR_SIZE === 0 ? undefined : 'bad elliptic curve pairing size';
    case BLAKE2F:
      return input.length === BLAKE2F_SIZE ? 'invalid final flag' : 'invalid input length';
    case POINT_EVALUATION:
      return input.length === POINT_EVALUATION_SIZE ? undefined : 'invalid input length';
    default:
      return undefined;
  }
}
