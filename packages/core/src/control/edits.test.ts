import { MAX_INTEGER } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, LATEST, useChains, word } from '../chain.fixture.ts';

const start = useChains();
const WHO = address('e0');

describe('editing state', () => {
  it('sets and adds balance, nonce, code and storage without a block', async () => {
    const chain = await start();
    await chain.control.setBalance(WHO, 5n);
    await chain.control.addBalance(WHO, 7n);
    await chain.control.setNonce(WHO, 3n);
    await chain.control.setCode(WHO, bytes('0x6001'));
    await chain.control.setStorage(WHO, word(1), word(2));
    const state = await chain.state.at(LATEST);
    expect(await state.account(WHO)).toMatchObject({ balance: 12n, nonce: 3n });
    expect(await state.code(WHO)).toEqual(bytes('0x6001'));
    expect(await state.storage(WHO, word(1))).toEqual(word(2));
    expect(chain.chain.head.block.header.number).toBe(0n);
  });

  it('takes the same effort when many edits are made at once: none is lost', async () => {
    const chain = await start();
    await Promise.all(Array.from({ length: 50 }, () => chain.control.addBalance(WHO, 1n)));
    expect(await (await chain.state.at(LATEST)).balance(WHO)).toBe(50n);
  });

  it('takes an account away that becomes empty (EIP-161), and a slot that becomes zero', async () => {
    const chain = await start();
    const before = chain.chain.head.stateRoot;
    await chain.control.setBalance(WHO, 5n);
    await chain.control.setBalance(WHO, 0n);
    expect(chain.chain.head.stateRoot).toEqual(before);
    await chain.control.setCode(WHO, bytes('0x00'));
    const withCode = chain.chain.head.stateRoot;
    await chain.control.setStorage(WHO, word(1), word(2));
    await chain.control.setStorage(WHO, word(1), word(0));
    expect(chain.chain.head.stateRoot).toEqual(withCode);
  });

  it('refuses more than there can be', async () => {
    const chain = await start();
    await chain.control.setBalance(WHO, MAX_INTEGER);
    expect(await faultOf(chain.control.addBalance(WHO, 1n))).toMatchObject({ code: 'BALANCE_OVERFLOW' });
    expect(await (await chain.state.at(LATEST)).balance(WHO)).toBe(MAX_INTEGER);
  });

  it('is seen by the next block, and by no block before', async () => {
    const chain = await start();
    await chain.miner.mine();
    await chain.control.setBalance(WHO, 5n);
    await chain.miner.mine();
    const at = async (number: bigint) => (await chain.state.at({ number })).balance(WHO);
    expect([await at(0n), await at(1n), await at(2n)]).toEqual([0n, 5n, 5n]);
  });

  it('can take an account’s nonce back, so that it sends again', async () => {
    const chain = await start();
    const { address: from } = account(chain);
    await chain.control.submit({ from, to: WHO });
    await chain.control.setNonce(from, 0n);
    await chain.control.submit({ from, to: WHO, value: 1n });
    expect(await (await chain.state.at(LATEST)).nonce(from)).toBe(1n);
  });
});
