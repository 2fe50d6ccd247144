import { expect, it } from 'vitest';
import { address, bytes, LATEST, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import { setTokenAllowance, setTokenBalance } from './erc20.ts';

const start = useChains();
const [TOKEN, LOGIC, OWNER, SPENDER] = ['70', '71', 'aa', 'bb'].map(address) as [never, never, never, never];
const who = { token: TOKEN, owner: OWNER, spender: SPENDER };

/** keccak(argument ‖ 1): a Solidity mapping in slot 1, at the argument at a place in the calldata. */
const MAPPED = (place: string) => `60${place}355f526001602052604 05f20`.replace(' ', '');
/** Reads the mapped word; with a second argument that one's mapping inside. */
const READ = `${MAPPED('04')}54`;
const RETURN = '5f5260205ff3';

async function withToken(code: string): Promise<Chain> {
  const chain = await start();
  await chain.control.setCode(TOKEN, bytes(`0x${code}`));
  return chain;
}

async function answer(chain: Chain, data: string): Promise<bigint> {
  const { returnData } = await chain.execution.call({ to: TOKEN, data: bytes(data) }, LATEST);
  return BigInt(`0x${Buffer.from(returnData).toString('hex')}`);
}
const balance = (chain: Chain) => answer(chain, `0x70a08231${'aa'.padStart(64, '0')}`);

it('finds a balance in a mapping', async () => {
  const chain = await withToken(`${READ}${RETURN}`);
  await setTokenBalance(chain, { ...who, amount: 5n });
  expect(await balance(chain)).toBe(5n);
  await setTokenBalance(chain, { ...who, amount: 2n ** 256n - 1n });
  expect(await balance(chain)).toBe(2n ** 256n - 1n);
});

it('finds an allowance', async () => {
  const chain = await withToken(`${MAPPED('24')}54${RETURN}`);
  await setTokenAllowance(chain, { ...who, amount: 9n });
  expect(await answer(chain, `0xdd62ed3e${'aa'.padStart(64, '0')}${'bb'.padStart(64, '0')}`)).toBe(9n);
});

it('leaves the rest of a packed word as it is', async () => {
  // 128 bits of balance above 64 bits of something else: (word >> 64) & (2^128 - 1).
  const chain = await withToken(`${READ}60401c6fffffffffffffffffffffffffffffffff16${RETURN}`);
  await setTokenBalance(chain, { ...who, amount: 1n });
  const [{ storageKeys = [] } = {}] = (
    await chain.execution.createAccessList({ to: TOKEN, data: bytes(`0x70a08231${'aa'.padStart(64, '0')}`) }, LATEST)
  ).accessList;
  const slot = storageKeys[0] as Uint8Array;
  await chain.control.setStorage(TOKEN, slot, word((7n << 192n) | (3n << 64n) | 5n));
  await setTokenBalance(chain, { ...who, amount: 11n });
  expect(await (await chain.state.at(LATEST)).storage(TOKEN, slot)).toEqual(word((7n << 192n) | (11n << 64n) | 5n));
  expect(await balance(chain)).toBe(11n);
  await expect(setTokenBalance(chain, { ...who, amount: 2n ** 128n })).rejects.toMatchObject({
    fault: { code: 'NUMBER_TOO_LARGE', most: 2n ** 128n - 1n },
  });
});

it('writes into a proxy, whose logic lies elsewhere', async () => {
  const chain = await withToken(
    '365f5f375f5f365f73000000000000000000000000000000000000007 15af460205f5f3e60205ff3'.replace(' ', ''),
  );
  await chain.control.setCode(LOGIC, bytes(`0x${READ}${RETURN}`));
  await setTokenBalance(chain, { ...who, amount: 13n });
  expect(await balance(chain)).toBe(13n);
});

it('says that no word decides', async () => {
  const chain = await withToken(`6007${RETURN}`);
  await expect(setTokenBalance(chain, { ...who, amount: 1n })).rejects.toMatchObject({
    fault: { code: 'SLOT_NOT_FOUND', asked: 'balanceOf' },
  });
  await expect(setTokenAllowance(chain, { ...who, token: OWNER, amount: 1n })).rejects.toMatchObject({
    fault: { code: 'SLOT_NOT_FOUND', asked: 'allowance' },
  });
});

it('finds a balance and an allowance where Vyper has them: keccak(slot ‖ key), and that word ‖ the second key', async () => {
  const outer = '6003 5f52 6004 35 6020 52 6040 5f 20'.replaceAll(' ', '');
  const inner = `${outer}5f52602435602052604 05f20`.replace(' ', '');
  const tokens = [`${outer}54${RETURN}`, `${inner}54${RETURN}`];
  const [balances, allowances] = [await withToken(tokens[0] as string), await withToken(tokens[1] as string)];
  await setTokenBalance(balances, { ...who, amount: 5n });
  expect(await balance(balances)).toBe(5n);
  await setTokenAllowance(allowances, { ...who, amount: 9n });
  expect(await answer(allowances, `0xdd62ed3e${'aa'.padStart(64, '0')}${'bb'.padStart(64, '0')}`)).toBe(9n);
});

it('finds a balance in a slot with a seed of its own, as Solady has it', async () => {
  // mstore(0x0c, 0x87a211a2); mstore(0x00, owner); sload(keccak256(0x0c, 0x20))
  const chain = await withToken(`6387a211a2600c526004355f526020600c2054${RETURN}`);
  await setTokenBalance(chain, { ...who, amount: 6n });
  expect(await balance(chain)).toBe(6n);
});
