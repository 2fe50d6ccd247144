import type { Connection } from './connection.ts';

/** A method and its parameters. */
type Request = readonly [method: string, params: readonly unknown[]];

const UNKNOWN_METHOD = /not (exist|found|supported|available)/i;

/** Asks in one dialect after the other until the target knows the method. @throws BenchError of the last. */
async function inAnyOf(connection: Connection, first: Request, ...others: Request[]): Promise<void> {
  try {
    await connection.call(...first);
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || !UNKNOWN_METHOD.test((error as Error).message)) throw error;
    await inAnyOf(connection, next, ...rest);
  }
}

/** Puts code at an address; Ganache has a name of its own for it. */
export function setCode(connection: Connection, address: string, code: string): Promise<void> {
  return inAnyOf(connection, ['hardhat_setCode', [address, code]], ['evm_setAccountCode', [address, code]]);
}

/** Whether a transaction is mined at once; Ganache starts and stops its miner. */
export function setAutomine(connection: Connection, isOn: boolean): Promise<void> {
  return inAnyOf(connection, ['evm_setAutomine', [isOn]], [isOn ? 'miner_start' : 'miner_stop', []]);
}

/** Mines empty blocks. */
export function mineBlocks(connection: Connection, count: number): Promise<void> {
  return inAnyOf(connection, ['hardhat_mine', [`0x${count.toString(16)}`]], ['evm_mine', [{ blocks: count }]]);
}
