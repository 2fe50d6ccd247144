/** Names of the opcodes that are not numbered, as geth has them: after the Merge, too, 0x44 is DIFFICULTY. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND',
  16: 'LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR CLZ',
  32: 'KECCAK256',
  48: 'ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY CODESIZE CODECOPY GASPRICE',
  59: 'EXTCODESIZE EXTCODECOPY RETURNDATASIZE RETURNDATACOPY EXTCODEHASH',
  64: 'BLOCKHASH COINBASE TIMESTAMP NUMBER DIFFICULTY GASLIMIT CHAINID SELFBALANCE BASEFEE BLOBHASH BLOBBASEFEE',
  80: 'POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST TLOAD TSTORE MCOPY PUSH0',
  240: 'CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2',
  250: 'STATICCALL',
  253: 'REVERT INVALID SELFDESTRUCT',
};

function namesByOpcode(): readonly (string | undefined)[] {
  const names: (string | undefined)[] = Array.from({ length: 256 });
  for (const [first, run] of Object.entries(NAMES)) {
    run.split(' ').forEach((name, i) => {
      names[Number(first) + i] = name;
    });
  }
  for (let i = 1; i <= 32; i++) names[0x5f + i] = `PUSH${i}`;
  for (let i = 1; i <= 16; i++) {
    names[0x7f + i] = `DUP${i}`;
    names[0x8f + i] = `SWAP${i}`;
  }
  for (let i = 0; i <= 4; i++) names[0xa0 + i] = `LOG${i}`;
  return names;
}

const BY_OPCODE = namesByOpcode().map((name, opcode) => name ?? `opcode 0x${opcode.toString(16)} not defined`);

/** @example opcodeName(0x0c) // 'opcode 0xc not defined', as geth says */
export const opcodeName = (opcode: number): string => BY_OPCODE[opcode] as string;
