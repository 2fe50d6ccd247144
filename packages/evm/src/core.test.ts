import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM } from '@ethereumjs/evm';
import { SimpleStateManager } from '@ethereumjs/statemanager';
import { Account, Address, bytesToHex, hexToBytes, KECCAK256_NULL } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { Core } from './core.ts';
import type { CoreAccount, CoreStateReader } from './types.ts';

const common = new Common({ chain: Mainnet, hardfork: Hardfork.Prague });
const CALLER = hexToBytes('0x00000000000000000000000000000000000000aa');
const TARGET = hexToBytes('0x00000000000000000000000000000000000000cc');

function readerOf(codes: Record<string, Uint8Array>, hashes: Map<string, Uint8Array>): CoreStateReader {
  return {
    account: (address): CoreAccount | undefined => {
      const hex = bytesToHex(address);
      if (hex === bytesToHex(CALLER))
        return { nonce: 0n, balance: 10n ** 20n, codeHash: KECCAK256_NULL, hasStorage: false };
      const code = codes[hex];
      if (code === undefined) return undefined;
      for (const [hash, bytes] of hashes)
        if (bytes === code)
          return { nonce: 1n, balance: 0n, codeHash: hexToBytes(hash as `0x${string}`), hasStorage: false };
      return undefined;
    },
    slot: () => new Uint8Array(),
    code: (hash) => hashes.get(bytesToHex(hash)) as Uint8Array,
    blockHash: () => undefined,
  };
}

async function both(code: Uint8Array, data = new Uint8Array(), gas = 1_000_000n) {
  const keccak_256 = (await import('hash-wasm')).keccak as unknown as (b: Uint8Array, n?: number) => Promise<string>;
  const hashes = new Map([[`0x${await keccak_256(code, 256)}`, code]]);
  const core = new Core({ common, precompile: () => undefined });
  core.open(readerOf({ [bytesToHex(TARGET)]: code }, hashes));
  core.setBlock({
    number: 1n,
    timestamp: 1n,
    coinbase: CALLER,
    gasLimit: 30_000_000n,
    baseFee: 7n,
    prevRandao: new Uint8Array(32),
    chainId: 1n,
  });
  core.beginTransaction({ origin: CALLER, gasPrice: 10n });
  const ours = core.run({ caller: CALLER, to: TARGET, value: 0n, data, gas });
  const stateManager = new SimpleStateManager({ common });
  const evm = await createEVM({ common, stateManager });
  await stateManager.putAccount(new Address(CALLER), new Account(0n, 10n ** 20n));
  await stateManager.putAccount(new Address(TARGET), new Account(1n, 0n));
  await stateManager.putCode(new Address(TARGET), code);
  const { execResult } = await evm.runCall({
    caller: new Address(CALLER),
    to: new Address(TARGET),
    data,
    gasLimit: gas,
    gasPrice: 10n,
  });
  return { ours, theirs: execResult, gas };
}

describe('Core', () => {
  it.each([
    ['adds', '0x600260030160005260206000f3'],
    ['loops', '0x6103e85b600190038060035700'],
    ['hashes', '0x60ff60005260206000206000526020600020 60005260206000f3'.replace(' ', '')],
    ['stores', '0x602a60005560005460005260206000f3'],
    ['stores and clears', '0x602a600055600060005560005460005260206000f3'],
    ['reverts', '0x60aa60005260206000fd'],
    ['is invalid', '0xfe'],
    ['underflows', '0x01'],
    ['jumps badly', '0x600056'],
    ['calls itself', '0x6000600060006000600030617530f160005260206000f3'],
    ['creates', '0x6960016000526001601ff3600052600a60166000f060005260206000f3'],
    ['logs', '0x60aa6000526001600260206000a200'],
    ['copies', '0x60ff60005260206000602037602060006020 39593d60005260206000f3'.replaceAll(' ', '')],
    ['gas', '0x5a6000525a60205260406000f3'],
    ['exp', '0x61ffff60030a60005260206000f3'],
    ['transient', '0x602a60005d60005c60005260206000f3'],
    ['mcopy', '0x60ff600052602060006020 5e60406000f3'.replaceAll(' ', '')],
    ['destructs', '0x30ff'],
  ])('%s as EthereumJS does', async (_name, code) => {
    const { ours, theirs, gas } = await both(hexToBytes(code as `0x${string}`));
    expect('why' in ours).toBe(false);
    if ('why' in ours) return;
    expect([ours.status === 'success', gas - ours.gasLeft, bytesToHex(ours.output), ours.refund]).toEqual([
      theirs.exceptionError === undefined,
      theirs.executionGasUsed,
      bytesToHex(theirs.returnValue),
      theirs.gasRefund ?? 0n,
    ]);
  });

  it('answers a creation from outside with the code that it made', () => {
    const core = new Core({ common, precompile: () => undefined });
    core.open(readerOf({}, new Map()));
    core.beginTransaction({ origin: CALLER, gasPrice: 0n });
    // Returns one zero byte as code.
    const made = core.run({ caller: CALLER, value: 0n, data: hexToBytes('0x60015ff3'), gas: 100_000n });
    expect(made).toMatchObject({ status: 'success', output: Uint8Array.of(0) });
  });

  it('has no PUSH0 before Shanghai', () => {
    const paris = new Common({ chain: Mainnet, hardfork: Hardfork.Paris });
    const core = new Core({ common: paris, precompile: () => undefined });
    core.open(readerOf({}, new Map()));
    core.beginTransaction({ origin: CALLER, gasPrice: 0n });
    const made = core.run({ caller: CALLER, value: 0n, data: hexToBytes('0x5f5ff3'), gas: 100_000n });
    expect(made).toMatchObject({ status: 'invalidOpcode', gasLeft: 0n });
  });
});
