import type { Common } from '@ethereumjs/common';
import { createTx, type TypedTransaction } from '@ethereumjs/tx';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, openHardforks } from '../chain.fixture.ts';
import { checkReplacement } from './replace.ts';

let common: Common;
beforeAll(async () => {
  common = (await openHardforks()).commonAt(0n, 0n);
});

const fees = (cap: bigint, tip: bigint): TypedTransaction =>
  createTx({ type: 2, maxFeePerGas: cap, maxPriorityFeePerGas: tip, to: address('aa') }, { common });
const legacy = (gasPrice: bigint): TypedTransaction => createTx({ type: 0, gasPrice, to: address('aa') }, { common });
const blob = (cap: bigint, blobCap: bigint): TypedTransaction =>
  createTx(
    {
      type: 3,
      maxFeePerGas: cap,
      maxPriorityFeePerGas: cap,
      maxFeePerBlobGas: blobCap,
      blobVersionedHashes: [`0x01${'00'.repeat(31)}`],
      to: address('aa'),
    },
    { common },
  );

describe('checkReplacement', () => {
  it.each<[string, () => [TypedTransaction, TypedTransaction]]>([
    ['10 % of cap and tip', () => [fees(100n, 10n), fees(110n, 11n)]],
    ['10 % of a gas price', () => [legacy(100n), legacy(110n)]],
    ['another type', () => [legacy(100n), fees(110n, 110n)]],
    ['anything above nothing', () => [legacy(0n), legacy(1n)]],
    ['twice everything, for blobs', () => [blob(10n, 10n), blob(20n, 20n)]],
  ])('takes %s', (_, pair) => {
    expect(() => checkReplacement(...pair())).not.toThrow();
  });

  it.each<[string, () => [TypedTransaction, TypedTransaction], { needed: bigint; got: bigint }]>([
    ['a cap below 110 %', () => [fees(100n, 10n), fees(109n, 11n)], { needed: 110n, got: 109n }],
    ['a tip below 110 %', () => [fees(100n, 10n), fees(200n, 10n)], { needed: 11n, got: 10n }],
    ['a part of a wei too little', () => [legacy(101n), legacy(111n)], { needed: 112n, got: 111n }],
    ['the same small price', () => [legacy(1n), legacy(1n)], { needed: 2n, got: 1n }],
    ['nothing for nothing', () => [legacy(0n), legacy(0n)], { needed: 1n, got: 0n }],
    ['blobs for less than twice', () => [blob(10n, 10n), blob(20n, 19n)], { needed: 20n, got: 19n }],
    ['blobs by a transfer', () => [blob(10n, 10n), fees(20n, 20n)], { needed: 20n, got: 0n }],
  ])('refuses %s', (_, pair, facts) => {
    expect(() => checkReplacement(...pair())).toThrow(
      expect.objectContaining({ fault: { code: 'REPLACEMENT_UNDERPRICED', nonce: expect.any(BigInt), ...facts } }),
    );
  });
});
