const OPCODES: Readonly<Record<string, number>> = {
  STOP: 0x00,
  ADD: 0x01,
  MUL: 0x02,
  SUB: 0x03,
  DIV: 0x04,
  SDIV: 0x05,
  MOD: 0x06,
  SMOD: 0x07,
  ADDMOD: 0x08,
  MULMOD: 0x09,
  EXP: 0x0a,
  SIGNEXTEND: 0x0b,
  LT: 0x10,
  GT: 0x11,
  SLT: 0x12,
  SGT: 0x13,
  EQ: 0x14,
  ISZERO: 0x15,
  AND: 0x16,
  OR: 0x17,
  XOR: 0x18,
  NOT: 0x19,
  BYTE: 0x1a,
  SHL: 0x1b,
  SHR: 0x1c,
  SAR: 0x1d,
  CLZ: 0x1e,
  KECCAK256: 0x20,
  ADDRESS: 0x30,
  BALANCE: 0x31,
  CALLER: 0x33,
  CALLDATALOAD: 0x35,
  EXTCODESIZE: 0x3b,
  EXTCODECOPY: 0x3c,
  RETURNDATASIZE: 0x3d,
  RETURNDATACOPY: 0x3e,
  EXTCODEHASH: 0x3f,
  BLOCKHASH: 0x40,
  POP: 0x50,
  MLOAD: 0x51,
  MSTORE: 0x52,
  MSTORE8: 0x53,
  SLOAD: 0x54,
  SSTORE: 0x55,
  JUMP: 0x56,
  JUMPI: 0x57,
  MSIZE: 0x59,
  GAS: 0x5a,
  LOG1: 0xa1,
  RETURN: 0xf3,
  STATICCALL: 0xfa,
};

/** Opcode of a name: DUP3, SWAP1, and those above. */
function opcodeOf(name: string): number {
  const [, kind, n] = /^(DUP|SWAP)(\d+)$/.exec(name) ?? [];
  if (kind !== undefined) return (kind === 'DUP' ? 0x7f : 0x8f) + Number(n);
  const found = OPCODES[name];
  if (found === undefined) throw new TypeError(`no opcode is called ${name}`);
  return found;
}

/**
 * Code from its text: opcodes, numbers to push, `name:` where one may jump, `@name` to push such a place.
 * @example assemble('10 again: 1 SWAP1 SUB DUP1 @again JUMPI STOP')
 */
export function assemble(text: string): Uint8Array {
  const code: number[] = [];
  const places = new Map<string, number>();
  const uses: (readonly [at: number, name: string])[] = [];
  for (const word of text.trim().split(/\s+/)) {
    if (word.endsWith(':')) {
      places.set(word.slice(0, -1), code.length);
      code.push(0x5b);
    } else if (word.startsWith('@')) {
      uses.push([code.length + 1, word.slice(1)]);
      code.push(0x61, 0, 0);
    } else if (/^\d/.test(word)) {
      const hex = BigInt(word).toString(16);
      const bytes = [...Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')];
      code.push(0x5f + bytes.length, ...bytes);
    } else code.push(opcodeOf(word));
  }
  for (const [at, name] of uses) {
    const place = places.get(name);
    if (place === undefined) throw new TypeError(`nothing is called ${name}`);
    code[at] = place >> 8;
    code[at + 1] = place & 255;
  }
  return Uint8Array.from(code);
}
