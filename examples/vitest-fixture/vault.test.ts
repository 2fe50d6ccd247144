import { test } from '@minichain/testing/vitest';
import { type Address, parseEther } from 'viem';
import { expect } from 'vitest';
import { abi, bytecode } from './vault.js';

const DAY = 24n * 3600n;
let vault: Address;

// Runs once. Every test then begins with the chain as it is after this.
test.beforeAll(async ({ client }) => {
  const { address } = await client.deploy({ abi, bytecode, args: [DAY] });
  vault = address;
});

test('keeps what is paid in', async ({ client }) => {
  await client.write({ abi, address: vault, functionName: 'deposit', value: parseEther('1') });
  expect(await client.getBalance({ address: vault })).toBe(parseEther('1'));
});

test('begins empty again: the test before left nothing behind', async ({ client }) => {
  expect(await client.getBalance({ address: vault })).toBe(0n);
});

test('gives nothing back before the time has come', async ({ client }) => {
  const until = await client.readContract({ abi, address: vault, functionName: 'until' });
  await expect(client.write({ abi, address: vault, functionName: 'withdraw' })).rejects.toMatchObject({
    name: 'RevertedError',
    errorName: 'Locked',
    args: [until],
  });
});

test('gives it back a day later', async ({ client }) => {
  await client.write({ abi, address: vault, functionName: 'deposit', value: parseEther('1') });
  await client.travel({ by: DAY });
  await client.write({ abi, address: vault, functionName: 'withdraw' });
  expect(await client.getBalance({ address: vault })).toBe(0n);
});

test('keeps accounts apart, whoever they belong to', async ({ client }) => {
  const anybody = '0x00000000000000000000000000000000000a11ce';
  await client.impersonate({ address: anybody, balance: parseEther('10') }, (account) =>
    client.write({ account, abi, address: vault, functionName: 'deposit', value: parseEther('3') }),
  );
  const balanceOf = (who: Address) =>
    client.readContract({ abi, address: vault, functionName: 'balanceOf', args: [who] });
  expect(await balanceOf(anybody)).toBe(parseEther('3'));
  expect(await balanceOf(client.account.address)).toBe(0n);
});
