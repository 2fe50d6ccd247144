import { type Hex, maxUint256, parseEther } from 'viem';
import { alice, bob, carol } from '../../differential/accounts.ts';
import { at, type Contract, callData, type Stage } from '../stage.ts';

const UNIT = parseEther('1');

/** In and out of a contract that trusts no token, and from hand to hand. */
async function around(stage: Stage, token: Contract, cupboard: Contract): Promise<void> {
  await stage.write(alice, token, 'approve', [cupboard.address, 100n * UNIT]);
  await stage.write(alice, cupboard, 'put', [token.address, 10n * UNIT]);
  await stage.write(alice, token, 'transfer', [bob.address, 5n * UNIT]);
  await stage.write(alice, cupboard, 'take', [token.address, 2n * UNIT]);
  await stage.refused(bob, cupboard, 'take', [token.address, 1n]);
  await stage.refused(bob, cupboard, 'put', [token.address, UNIT]);
  await stage.write(alice, cupboard, 'allow', [token.address, carol.address, 3n]);
  // Some want an allowance to be nothing before it is something else.
  await stage.write(alice, cupboard, 'allow', [token.address, carol.address, 4n]);
}

async function refusals(stage: Stage, cupboard: Contract): Promise<void> {
  const unreturning = await stage.make(alice, 'MissingReturns');
  await around(stage, unreturning, cupboard);
  await stage.refused(alice, unreturning, 'approve', [cupboard.address, 7n]);
  await stage.write(alice, unreturning, 'approve', [cupboard.address, 0n]);
  const saysFalse = await stage.make(alice, 'ReturnsFalse');
  await around(stage, saysFalse, cupboard);
  await stage.write(carol, saysFalse, 'transfer', [alice.address, UNIT]);
  const noZero = await stage.make(alice, 'RevertsOnZero');
  await around(stage, noZero, cupboard);
  await stage.refused(alice, noZero, 'transfer', [bob.address, 0n]);
  await stage.refused(alice, cupboard, 'take', [noZero.address, 0n]);
  const narrow = await stage.make(alice, 'Narrow');
  await around(stage, narrow, cupboard);
  await stage.write(alice, narrow, 'approve', [bob.address, maxUint256]);
  await stage.refused(alice, narrow, 'approve', [bob.address, 2n ** 96n]);
  const old = await stage.make(alice, 'OldNames');
  await stage.read(old, 'name');
  await around(stage, old, cupboard);
  await stage.write(bob, old, 'transfer', [carol.address, maxUint256]);
}

async function amounts(stage: Stage, cupboard: Contract): Promise<void> {
  await around(stage, await stage.make(alice, 'FeeOnTransfer'), cupboard);
  const rebasing = await stage.make(alice, 'Rebasing');
  await around(stage, rebasing, cupboard);
  await stage.write(bob, rebasing, 'rebase', [-(10n ** 23n)]);
  await stage.read(rebasing, 'balanceOf', [alice.address]);
  await stage.write(bob, rebasing, 'transfer', [carol.address, UNIT]);
  await stage.write(bob, rebasing, 'rebase', [10n ** 24n]);
  await stage.refused(bob, rebasing, 'rebase', [2n ** 255n - 1n]);
  await stage.refused(bob, rebasing, 'transfer', [carol.address, 10n ** 24n]);
}

async function powers(stage: Stage, cupboard: Contract): Promise<void> {
  const listing = await stage.make(alice, 'Blocklisting');
  await around(stage, listing, cupboard);
  await stage.write(alice, listing, 'setBlocked', [cupboard.address, true]);
  await stage.refused(alice, cupboard, 'take', [listing.address, 1n]);
  await stage.write(alice, listing, 'setPaused', [true]);
  await stage.refused(alice, listing, 'transfer', [bob.address, 1n]);
  await stage.write(alice, listing, 'setPaused', [false]);
  await stage.write(alice, listing, 'setBlocked', [cupboard.address, false]);
  await stage.write(alice, cupboard, 'take', [listing.address, 1n]);
  const hooked = await stage.make(alice, 'Hooked');
  await around(stage, hooked, cupboard);
  // Called before the books are right, the cupboard takes again, and again, until the gas or the allowance ends.
  await stage.write(alice, cupboard, 'setGreedy', [true]);
  await stage.refused(alice, cupboard, 'put', [hooked.address, UNIT]);
  await stage.refused(alice, hooked, 'transfer', [cupboard.address, 30n * UNIT]);
  await stage.write(alice, cupboard, 'setGreedy', [false]);
}

async function upgrades(stage: Stage, cupboard: Contract): Promise<void> {
  const first = await stage.make(alice, 'Upgradeable');
  const setUp = callData(first, 'initialize', [alice.address]);
  const proxy = await stage.make(alice, 'AdminProxy', [first.address, setUp]);
  const token = at(proxy.address, first);
  await stage.refused(bob, token, 'initialize', [bob.address]);
  await around(stage, token, cupboard);
  const second = await stage.make(alice, 'UpgradeableWithFee');
  const upgraded = at(proxy.address, second);
  // The proxy's admin is in the slot that ERC-1967 names.
  const slot = '0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103';
  const word = await stage.pair.result<Hex>('eth_getStorageAt', [proxy.address, slot, 'latest']);
  const admin = at(`0x${word.slice(26)}`, {
    abi: [
      {
        type: 'function',
        name: 'upgradeAndCall',
        stateMutability: 'payable',
        inputs: [
          { name: 'proxy', type: 'address' },
          { name: 'implementation', type: 'address' },
          { name: 'data', type: 'bytes' },
        ],
        outputs: [],
      },
    ],
  });
  const fee = callData(second, 'initializeFee', [10n]);
  await stage.refused(bob, admin, 'upgradeAndCall', [proxy.address, second.address, fee]);
  await stage.write(alice, admin, 'upgradeAndCall', [proxy.address, second.address, fee]);
  await stage.read(upgraded, 'version');
  await around(stage, upgraded, cupboard);
}

/** Tokens that are not what ERC-20 says, each in one way that mainnet has. */
export async function weirdTokens(stage: Stage): Promise<void> {
  const cupboard = await stage.make(alice, 'Cupboard');
  await refusals(stage, cupboard);
  await amounts(stage, cupboard);
  await powers(stage, cupboard);
  await upgrades(stage, cupboard);
}
