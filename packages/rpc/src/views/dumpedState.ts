import { type DumpedAccount, keccak256 } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';

const STOP = 0x00;
const [PUSH1, PUSH32, JUMPDEST] = [0x60, 0x7f, 0x5b];
const DELEGATION = Uint8Array.of(0xef, 0x01, 0x00);

/** An account of `accounts`. */
export const accountText = ({ address, nonce, balance, code, storage }: DumpedAccount): string =>
  `"${address.toString()}":${JSON.stringify({
    nonce: Number(nonce),
    balance: quantity(balance),
    code: hex(code),
    storage: Object.fromEntries(storage.map(([slot, value]) => [hex(slot), hex(value)])),
  })}`;

/** Where code may be jumped to, a bit for each byte, and how it is padded so that it ends in a STOP. */
function analysed(code: Uint8Array): { padded: Uint8Array; targets: Uint8Array } {
  const targets = new Uint8Array(Math.ceil(code.length / 8));
  let at = 0;
  let last = -1;
  while (at < code.length) {
    last = code[at] as number;
    if (last === JUMPDEST) targets[at >> 3] = (targets[at >> 3] as number) | (1 << (at & 7));
    at += 1 + (last >= PUSH1 && last <= PUSH32 ? last - PUSH1 + 1 : 0);
  }
  const padding = at - code.length + (last === STOP ? 0 : 1);
  const padded = new Uint8Array(code.length + padding);
  padded.set(code);
  return { padded, targets };
}

/** Code as revm keeps it. */
function codeView(code: Uint8Array): unknown {
  if (code.length === 23 && DELEGATION.every((byte, i) => code[i] === byte)) {
    return { Eip7702: { delegated_address: hex(code.subarray(3)), version: 0, raw: hex(code) } };
  }
  const { padded, targets } = analysed(code);
  const head = { width: 8, index: 0 };
  const table = { order: 'bitvec::order::Lsb0', head, bits: code.length, data: [...targets] };
  return { LegacyAnalyzed: { bytecode: hex(padded), original_len: code.length, jump_table: table } };
}

/** An account of a state of the past. */
export const pastAccountText = ({ address, nonce, balance, code }: DumpedAccount): string =>
  `"${address.toString()}":${JSON.stringify({
    balance: quantity(balance),
    nonce: Number(nonce),
    code_hash: hex(keccak256(code)),
    code: codeView(code),
  })}`;

const big = (bytes: Uint8Array): string => quantity(BigInt(hex(bytes)));

/** What an account of a state of the past holds. */
export const pastStorageText = ({ address, storage }: DumpedAccount): string =>
  `"${address.toString()}":${JSON.stringify(Object.fromEntries(storage.map(([slot, value]) => [big(slot), big(value)])))}`;
