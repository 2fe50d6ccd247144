import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, GWEI, LATEST, place, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import type { CallRequest } from './request.ts';

const start = useChains();
const CODE = address('c0');
const INNER = address('c1');

/** Whether the request succeeds as a transaction with that gas. */
async function succeedsWith(chain: Chain, request: CallRequest, gasLimit: bigint): Promise<boolean> {
  return chain.execution.call({ ...request, gasLimit }, LATEST).then(
    () => true,
    () => false,
  );
}

const REQUESTS: readonly (readonly [name: string, code: string, inner: string, data: string])[] = [
  ['nothing but a call', '0x00', '0x00', '0x'],
  ['data', '0x00', '0x00', '0x0001020304'],
  ['a new slot', '0x60015f5500', '0x00', '0x'],
  ['a slot that is set and cleared, with its refund', '0x60015f555f5f5500', '0x00', '0x'],
  // All but a 64th goes to the inner call, whose failure makes the outer one revert.
  ['an inner call that must have its gas', '0x5f5f5f5f5f60c15af1600f575f5ffd5b00', '0x60015f55600160015500', '0x'],
  ['two levels of it, and a loop', '0x5f5f5f5f5f60c15af1600f575f5ffd5b00', '0x61ffff5b600190038060035700', '0x'],
  // Reverts with less than 100,000 gas left: what is used says nothing of what is needed.
  ['a look at the gas that is left', '0x620186a05a11600c575f5ffd5b00', '0x00', '0x'],
];

describe('eth_estimateGas', () => {
  it.each(REQUESTS)('is the least gas that is enough: %s', async (_, code, inner, data) => {
    const chain = await start();
    await place(chain, CODE, code);
    await place(chain, INNER, inner);
    const request = { from: account(chain).address, to: CODE, data: bytes(data) };
    const estimate = await chain.execution.estimateGas(request, LATEST);
    expect(await succeedsWith(chain, request, estimate)).toBe(true);
    expect(await succeedsWith(chain, request, estimate - 1n)).toBe(false);
  });

  it('is 21,000 for a transfer, whatever it is worth and costs', async () => {
    const chain = await start();
    const request = { from: account(chain).address, to: address('aa'), value: 1n };
    expect(await chain.execution.estimateGas(request, LATEST)).toBe(21_000n);
    expect(await chain.execution.estimateGas({ ...request, gasPrice: 100n * GWEI }, LATEST)).toBe(21_000n);
  });

  it('asks for no money of a sender that nobody named, but of one that is', async () => {
    const chain = await start();
    const request = { to: address('aa'), value: 1n };
    expect(await chain.execution.estimateGas(request, LATEST)).toBe(21_000n);
    const refused = chain.execution.estimateGas({ ...request, from: address('dead') }, LATEST);
    expect(await faultOf(refused)).toMatchObject({ code: 'CALL_FUNDS_INSUFFICIENT' });
  });

  it('does not depend on a tip without a cap', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60015f5500');
    const request = { from: account(chain).address, to: CODE };
    const plain = await chain.execution.estimateGas(request, LATEST);
    expect(await chain.execution.estimateGas({ ...request, maxPriorityFeePerGas: GWEI }, LATEST)).toBe(plain);
  });

  it('counts the floor of calldata (EIP-7623)', async () => {
    const chain = await start();
    const data = new Uint8Array(100).fill(1);
    expect(await chain.execution.estimateGas({ to: address('aa'), data }, LATEST)).toBe(21_000n + 100n * 40n);
  });

  it('counts a precompile, an access list and an authorization', async () => {
    const chain = await start();
    const estimate = (fields: CallRequest) => chain.execution.estimateGas({ to: address('aa'), ...fields }, LATEST);
    expect(await estimate({ to: address('04') })).toBe(21_000n + 15n);
    expect(await estimate({ accessList: [{ address: CODE.bytes, storageKeys: [] }] })).toBe(21_000n + 2_400n);
    const authorization = { chainId: 0n, address: CODE, nonce: 0n, yParity: 0, r: 1n, s: 1n };
    expect(await estimate({ authorizationList: [authorization] })).toBe(21_000n + 25_000n);
  });

  it('never asks for more than a transaction may have (EIP-7825), nor a block', async () => {
    const chain = await start();
    await place(chain, INNER, '0x5b5f56');
    const endless = chain.execution.estimateGas({ to: INNER }, LATEST);
    expect(await faultOf(endless)).toEqual({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance: 2n ** 24n });
    const small = await start({ gasLimit: 1_000_000n });
    await place(small, INNER, '0x5b5f56');
    expect(await faultOf(small.execution.estimateGas({ to: INNER }, LATEST))).toMatchObject({ allowance: 1_000_000n });
  });

  it('asks for no more than the sender can pay at its price', async () => {
    const chain = await start();
    await place(chain, INNER, '0x5b5f56');
    await chain.control.setBalance(address('dead'), 50_000n * 100n * GWEI);
    const poor = { from: address('dead'), to: INNER, gasPrice: 100n * GWEI };
    expect(await faultOf(chain.execution.estimateGas(poor, LATEST))).toMatchObject({ allowance: 50_000n });
    const poorer = { ...poor, value: 31_000n * 100n * GWEI };
    expect(await faultOf(chain.execution.estimateGas(poorer, LATEST))).toMatchObject({ allowance: 19_000n });
    const broke = { ...poor, value: 10n ** 18n };
    expect(await faultOf(chain.execution.estimateGas(broke, LATEST))).toMatchObject({
      code: 'CALL_FUNDS_INSUFFICIENT',
    });
  });

  it('says why no gas is enough', async () => {
    const chain = await start();
    await place(chain, CODE, '0x5f5ffd');
    await place(chain, INNER, '0xfe');
    expect(await faultOf(chain.execution.estimateGas({ to: CODE }, LATEST))).toMatchObject({ code: 'REVERTED' });
    expect(await faultOf(chain.execution.estimateGas({ to: INNER }, LATEST))).toMatchObject({
      code: 'HALTED',
      halt: 'InvalidFEOpcode',
    });
  });

  it('is below a limit that was given, or refused', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60015f5500');
    const estimate = (gasLimit: bigint) => chain.execution.estimateGas({ to: CODE, gasLimit }, LATEST);
    expect(await estimate(60_000n)).toBe(43_105n);
    expect(await estimate(43_105n)).toBe(43_105n);
    expect(await faultOf(estimate(43_104n))).toEqual({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance: 43_104n });
    expect(await faultOf(estimate(20_000n))).toEqual({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance: 20_000n });
  });

  it('sees overrides and the pending block', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await place(chain, CODE, '0x60015f5500');
    const state = new Map([[CODE.toString(), { code: bytes('0x00') }]]);
    expect(await chain.execution.estimateGas({ to: CODE }, LATEST, { state })).toBe(21_000n);
    await chain.control.submit({ from: account(chain).address, to: CODE });
    expect(await chain.execution.estimateGas({ to: CODE }, LATEST)).toBe(43_105n);
    // The slot has its value by then; SSTORE wants more than 2,300 gas left, though it takes less (EIP-2200).
    expect(await chain.execution.estimateGas({ to: CODE }, { tag: 'pending' })).toBe(21_000n + 5n + 2_301n);
  });
});
