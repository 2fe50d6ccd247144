import { describe, expect, it } from 'vitest';
import { address, bytes, openHardforks, word } from '../chain.fixture.ts';
import type { CallRequest } from '../execution/request.ts';
import { reasonFromLibrary, requireType, ruleFromLibrary, txFromRequest, typeFromRequest } from './txData.ts';

const rules = async (hardfork = 'latest') => (await openHardforks(hardfork)).commonAt(0n, 0n);
const ENTRY = { address: address('ab').bytes, storageKeys: [word(1)] };
const AUTHORIZATION = { chainId: 31337n, address: address('ac'), nonce: 1n, yParity: 1, r: 5n, s: 6n };

describe('the type of a request', () => {
  it.each<[number, CallRequest, string?]>([
    [2, {}],
    [2, { accessList: [] }],
    [2, { maxFeePerGas: 1n }],
    [2, { maxPriorityFeePerGas: 1n, gasPrice: 1n }],
    [0, { gasPrice: 1n }],
    [1, { gasPrice: 1n, accessList: [] }],
    [3, { blobVersionedHashes: [word(1)], gasPrice: 1n }],
    [3, { blobs: [] }],
    [4, { authorizationList: [], blobs: [] }],
    [1, { type: 1, maxFeePerGas: 1n }],
    [0, {}, 'berlin'],
    [1, { accessList: [] }, 'berlin'],
  ])('is %d for %o', async (type, request, hardfork) => {
    expect(typeFromRequest(request, await rules(hardfork))).toBe(type);
  });

  it.each([
    [0, 'chainstart'],
    [1, 'berlin'],
    [2, 'london'],
    [3, 'cancun'],
    [4, 'prague'],
  ])('%d is there from %s on', async (type, hardfork) => {
    const common = await rules(hardfork);
    expect(() => requireType(type, common)).not.toThrow();
    if (type === 0) return;
    const before = await rules({ berlin: 'istanbul', london: 'berlin', cancun: 'shanghai' }[hardfork] ?? 'cancun');
    expect(() => requireType(type, before)).toThrow(`type ${type} under ${before.hardfork()}`);
  });

  it('beyond what is known is refused', async () => {
    const common = await rules();
    for (const type of [5, 127, -1]) expect(() => requireType(type, common)).toThrow('transaction type not valid');
  });
});

describe('txFromRequest', () => {
  it('leaves zero what is left open', async () => {
    const tx = txFromRequest({}, { common: await rules() });
    expect(tx).toMatchObject({ type: 2, nonce: 0n, gasLimit: 0n, value: 0n, maxFeePerGas: 0n, to: undefined });
    expect(tx.isSigned()).toBe(false);
  });

  it('keeps every field', async () => {
    const fields = { to: address('aa'), nonce: 3n, gasLimit: 99n, value: 4n, data: bytes('0x1234') };
    const fees = { maxFeePerGas: 9n, maxPriorityFeePerGas: 2n };
    const common = await rules();
    const tx = txFromRequest({ ...fields, ...fees, accessList: [ENTRY] }, { common });
    expect(tx).toMatchObject({ ...fields, ...fees, type: 2, chainId: 31337n });
    expect(tx).toMatchObject({ accessList: [[ENTRY.address, ENTRY.storageKeys]] });
    const setCode = txFromRequest({ ...fields, ...fees, authorizationList: [AUTHORIZATION] }, { common });
    expect(setCode).toMatchObject({
      type: 4,
      authorizationList: [
        [bytes('0x7a69'), address('ac').bytes, Uint8Array.of(1), Uint8Array.of(1), Uint8Array.of(5), Uint8Array.of(6)],
      ],
    });
  });

  it('takes a gas price for both prices of EIP-1559', async () => {
    const tx = txFromRequest({ type: 2, gasPrice: 5n }, { common: await rules() });
    expect(tx).toMatchObject({ maxFeePerGas: 5n, maxPriorityFeePerGas: 5n });
  });

  it('writes a made-up signature so that a legacy one names its chain (EIP-155)', async () => {
    const common = await rules();
    const signature = { r: 5n, s: 1n };
    expect(txFromRequest({ gasPrice: 1n }, { common, signature }).v).toBe(31337n * 2n + 35n);
    expect(txFromRequest({}, { common, signature }).v).toBe(0n);
  });

  it.each<[string, CallRequest]>([
    ['max priority fee per gas higher than max fee per gas', { maxFeePerGas: 1n, maxPriorityFeePerGas: 2n }],
    ['need at least 1 blob for a blob transaction', { to: address('aa'), blobVersionedHashes: [] }],
    ['transaction gas limit too high: gas 16777217, cap 16777216 (EIP-7825)', { gasLimit: 2n ** 24n + 1n }],
    ['max initcode size exceeded: code size 49153, limit 49152', { data: new Uint8Array(49_153) }],
  ])('refuses with "%s"', async (detail, request) => {
    const common = await rules();
    expect(() => txFromRequest({ to: null, ...request }, { common })).toThrow(
      expect.objectContaining({ fault: { code: 'REQUEST_INVALID', detail } }),
    );
  });
});

describe('the library’s complaints', () => {
  it('come without the dump of the transaction', () => {
    const message = 'sender balance is odd (tx type=2 hash=not available nonce=0 vm hf=osaka -> tx)';
    expect(reasonFromLibrary(new Error(message))).toBe('sender balance is odd');
    expect(reasonFromLibrary('plain')).toBe('plain');
  });

  it('are rules only where geth has words for them', () => {
    const nonce = "the tx doesn't have the correct nonce. account has nonce of: 3 tx has nonce of: 5 (vm hf=osaka)";
    expect(ruleFromLibrary(new Error(nonce))).toBe('nonce does not follow: next nonce 3, tx nonce 5');
    expect(ruleFromLibrary(new Error('invalid RLP'))).toBeUndefined();
  });
});
