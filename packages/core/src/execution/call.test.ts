import { bytesToBigInt } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, GWEI, LATEST, place, useChains, word } from '../chain.fixture.ts';

const start = useChains();
const CODE = address('c0');
/** Returns the word that an opcode puts on the stack. */
const returning = (opcode: string) => `0x${opcode}5f5260205ff3`;

describe('eth_call', () => {
  it('returns what the code returns, with gas, and leaves no trace', async () => {
    const chain = await start();
    // SSTORE(0, 1), LOG0 of one byte, returns 32 bytes.
    await place(chain, CODE, '0x60015f5560015fa060205ff3');
    const before = chain.chain.head.stateRoot;
    const result = await chain.execution.call({ to: CODE }, LATEST);
    expect(result.returnData).toEqual(word(0));
    expect(result.gasUsed).toBeGreaterThan(43_000n);
    expect(chain.chain.head.stateRoot).toBe(before);
    expect(await (await chain.state.at(LATEST)).storage(CODE, word(0))).toEqual(word(0));
  });

  it.each([
    ['NUMBER', '43', 2n],
    ['CHAINID', '46', 31337n],
    ['GASLIMIT', '45', 30_000_000n],
    ['BASEFEE of a call that names no price', '48', 0n],
    ['GASPRICE of a call that names no price', '3a', 0n],
    ['BLOBBASEFEE', '4a', 1n],
    ['CALLER', '33', 0n],
  ])('sees the block it is asked for: %s', async (_, opcode, expected) => {
    const chain = await start();
    await place(chain, CODE, returning(opcode));
    await chain.miner.mine({ blocks: 2 });
    const { returnData } = await chain.execution.call({ to: CODE }, LATEST);
    expect(bytesToBigInt(returnData)).toBe(expected);
  });

  it('sees the state of an older block', async () => {
    const chain = await start();
    await chain.miner.mine();
    await place(chain, CODE, returning('43'));
    await chain.miner.mine();
    const at = async (number: bigint) => (await chain.execution.call({ to: CODE }, { number })).returnData;
    expect(await at(2n)).toEqual(word(2));
    expect(await at(0n)).toHaveLength(0);
  });

  it('sees the pending block: what waits in the pool has happened', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await place(chain, CODE, returning('47'));
    await chain.control.submit({ from: account(chain).address, to: address('aa'), value: 5n });
    // BALANCE(0xaa)
    await place(chain, address('c1'), returning('60aa31'));
    const read = async (tag: 'latest' | 'pending') =>
      bytesToBigInt((await chain.execution.call({ to: address('c1') }, { tag })).returnData);
    expect([await read('latest'), await read('pending')]).toEqual([0n, 5n]);
  });

  it('may come from anybody: a contract, or one who could not pay for gas', async () => {
    const chain = await start();
    await place(chain, CODE, returning('33'));
    const { returnData } = await chain.execution.call({ from: CODE, to: CODE }, LATEST);
    expect(returnData).toEqual(word(0xc0));
  });

  it('has any gas that is asked for, beyond a block’s and a transaction’s', async () => {
    const chain = await start({ limits: { callGasCap: 0n } });
    await place(chain, CODE, returning('5a'));
    const { returnData } = await chain.execution.call({ to: CODE, gasLimit: 500_000_000n }, LATEST);
    expect(bytesToBigInt(returnData)).toBe(500_000_000n - 21_000n - 2n);
  });

  it('ignores the nonce', async () => {
    const chain = await start();
    const { address: from } = account(chain);
    await expect(chain.execution.call({ from, to: CODE, nonce: 99n }, LATEST)).resolves.toBeDefined();
  });

  it.each([
    ['CALL_FUNDS_INSUFFICIENT', { value: 1n }],
    ['CALL_FUNDS_INSUFFICIENT', { gasPrice: 100n * GWEI }],
    ['CALL_TIP_ABOVE_FEE_CAP', { maxFeePerGas: 1n, maxPriorityFeePerGas: 2n }],
    ['CALL_FEE_CAP_BELOW_BASE_FEE', { maxFeePerGas: 1n }],
    ['INTRINSIC_GAS_TOO_LOW', { gasLimit: 20_999n }],
  ])('is refused: %s', async (code, fields) => {
    const chain = await start();
    const call = chain.execution.call({ from: address('dead'), to: CODE, ...fields }, LATEST);
    expect(await faultOf(call)).toMatchObject({ code });
  });

  it('pays a price that it names, and then sees the base fee', async () => {
    const chain = await start();
    await chain.miner.mine();
    await place(chain, CODE, returning('48'));
    const { returnData } = await chain.execution.call(
      { from: account(chain).address, to: CODE, gasPrice: 100n * GWEI },
      LATEST,
    );
    expect(bytesToBigInt(returnData)).toBe(chain.chain.head.block.header.baseFeePerGas);
  });

  it('makes a contract: the result is its code', async () => {
    const chain = await start();
    const { returnData } = await chain.execution.call({ to: null, data: bytes('0x60015ff3') }, LATEST);
    expect(returnData).toEqual(Uint8Array.of(0));
  });
});
