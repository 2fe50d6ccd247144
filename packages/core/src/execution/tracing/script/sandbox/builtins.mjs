import { bigInt } from './bigInteger.mjs';
import { bytesOf, digitsOf, digitsOfByte, fromHex, outOfBounds, sized } from './bytes.mjs';

function rlpOfNonce(nonce) {
  if (nonce === 0) return '80';
  const hex = BigInt(nonce).toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return nonce < 128 ? even : digitsOfByte(0x80 + even.length / 2) + even;
}

const addressOf = (value) => digitsOf(sized(bytesOf(value, true), 20));
const fromHash = (hash) => fromHex(hash).slice(12);

/** The functions that geth gives tracers. @param keccak hex both ways. @param precompiles addresses in hex. */
export function createBuiltins(keccak, precompiles) {
  const known = new Set(precompiles);
  return {
    bigInt,
    toHex: (value) => `0x${digitsOf(bytesOf(value))}`,
    toWord: (value) => sized(bytesOf(value, true), 32),
    toAddress: (value) => sized(bytesOf(value, true), 20),
    toContract: (from, nonce) => {
      const body = `94${addressOf(from)}${rlpOfNonce(Number(nonce))}`;
      return fromHash(keccak(digitsOfByte(0xc0 + body.length / 2) + body));
    },
    toContract2: (from, salt, initcode) => {
      const codeHash = keccak(digitsOf(bytesOf(initcode, true)));
      return fromHash(keccak(`ff${addressOf(from)}${digitsOf(sized(fromHex(String(salt)), 32))}${codeHash}`));
    },
    isPrecompiled: (address) => known.has(addressOf(address)),
    slice: (value, from, to) => {
      const bytes = bytesOf(value);
      if (from < 0 || from > to || to > bytes.length) throw outOfBounds(bytes.length, from, to - from);
      return bytes.slice(from, to);
    },
  };
}
