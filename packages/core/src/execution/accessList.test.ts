import { describe, expect, it } from 'vitest';
import { account, address, bytes, LATEST, place, useChains, word } from '../chain.fixture.ts';
import { createdAddress } from './receipt.ts';

const start = useChains();
const CODE = address('c0');
const INNER = address('c1');

describe('eth_createAccessList', () => {
  it('names the slots that were read and written, of every contract', async () => {
    const chain = await start();
    // SLOAD(1), SSTORE(2, 1), BALANCE(0xee), CALL(0xc1)
    await place(chain, CODE, '0x60015450600160025560ee315000');
    const { accessList, error } = await chain.execution.createAccessList(
      { from: account(chain).address, to: CODE },
      LATEST,
    );
    expect(error).toBeUndefined();
    expect(accessList).toEqual([
      { address: CODE.bytes, storageKeys: [word(1), word(2)] },
      { address: address('ee').bytes, storageKeys: [] },
    ]);
  });

  it('leaves out sender and recipient without slots, and precompiles', async () => {
    const chain = await start();
    // CALL(4) and CALLER's balance.
    await place(chain, CODE, '0x5f5f5f5f5f60045af150333100');
    const { accessList } = await chain.execution.createAccessList({ from: account(chain).address, to: CODE }, LATEST);
    expect(accessList).toEqual([]);
  });

  it('runs again with the list: code that sees cheap reads may go on to others', async () => {
    const chain = await start();
    // Reads slot 0, and slot 1 if that took less than 1,000 gas.
    await place(chain, CODE, '0x5a5f54505a90036103e811600f57005b60015400');
    const { accessList } = await chain.execution.createAccessList({ to: CODE }, LATEST);
    expect(accessList).toEqual([{ address: CODE.bytes, storageKeys: [word(0), word(1)] }]);
  });

  it('tells the gas with the list in it', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60c13150600054');
    const request = { from: account(chain).address, to: CODE };
    const { accessList, gasUsed } = await chain.execution.createAccessList(request, LATEST);
    const { gasUsed: spent } = await chain.execution.call({ ...request, accessList }, LATEST);
    expect(gasUsed).toBe(spent);
  });

  it('keeps what was asked for', async () => {
    const chain = await start();
    await place(chain, CODE, '0x00');
    const given = [{ address: INNER.bytes, storageKeys: [word(9)] }];
    const { accessList } = await chain.execution.createAccessList({ to: CODE, accessList: given }, LATEST);
    expect(accessList).toEqual(given);
  });

  it('says beside the list that the call failed', async () => {
    const chain = await start();
    await place(chain, CODE, '0x6001545f5ffd');
    const found = await chain.execution.createAccessList({ to: CODE }, LATEST);
    expect(found).toMatchObject({
      accessList: [{ address: CODE.bytes, storageKeys: [word(1)] }],
      error: 'execution reverted',
    });
  });

  it('takes a creation', async () => {
    const chain = await start();
    const { accessList } = await chain.execution.createAccessList({ to: null, data: bytes('0x60ee315000') }, LATEST);
    // What it makes is warm from the start: an entry would cost 2,400 gas for nothing.
    expect(accessList).toEqual([{ address: address('ee').bytes, storageKeys: [] }]);
  });

  it('leaves out what the code makes, which is warm, unless it is named', async () => {
    const chain = await start();
    const made = createdAddress(CODE, 0n).bytes;
    await place(chain, CODE, '0x5f5f5ff000');
    expect((await chain.execution.createAccessList({ to: CODE }, LATEST)).accessList).toEqual([]);
    const [called, sized] = ['0x5f5f5f5f5f5f5f5ff05af100', '0x5f5f5ff03b00'];
    for (const code of [called, sized]) {
      await place(chain, CODE, code);
      const { accessList } = await chain.execution.createAccessList({ to: CODE }, LATEST);
      expect(accessList).toEqual([{ address: made, storageKeys: [] }]);
    }
  });
});
