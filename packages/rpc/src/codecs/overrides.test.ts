import { describe, expect, it } from 'vitest';
import { blockOverrides, callBlockOverrides, stateOverrides } from './overrides.ts';

const ALICE = '0xF39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const WORD = `0x${'ab'.repeat(32)}`;
const bytes = new Uint8Array(32).fill(0xab);

describe('stateOverrides', () => {
  it('keys accounts by address in lower case, slots by 32 bytes', () => {
    const overrides = stateOverrides.decode({
      [ALICE]: { balance: '10', nonce: 3, code: '0x60', stateDiff: { '0x1': WORD }, movePrecompileToAddress: ALICE },
    });
    const account = overrides.get(ALICE.toLowerCase() as `0x${string}`);
    expect(account).toMatchObject({ balance: 10n, nonce: 3n, code: Uint8Array.of(0x60) });
    expect(account?.stateDiff).toEqual(new Map([[`0x${'1'.padStart(64, '0')}`, bytes]]));
    expect(account?.movePrecompileTo?.toString()).toBe(ALICE.toLowerCase());
  });

  it('leaves out what is null', () => {
    expect([...stateOverrides.decode({ [ALICE]: { balance: null, state: null } }).values()]).toEqual([{}]);
  });

  it.each([
    [[], '', 'expected a state override object'],
    [{ '0x12': {} }, ' key 0x12', 'got 1 bytes'],
    [{ [ALICE]: { state: { '0x1': '0x1' } } }, `.${ALICE}.state.0x1`, 'odd number'],
    [{ [ALICE]: { stateDiff: { one: WORD } } }, `.${ALICE}.stateDiff key one`, 'expected a storage slot'],
    [{ [ALICE]: { storage: {} } }, `.${ALICE}`, 'unknown field "storage"; known are nonce, balance, code'],
    [{ [ALICE]: { statediff: {} } }, `.${ALICE}`, 'did you mean stateDiff?'],
  ])('refuses %j', (value, path, message) => {
    expect(() => stateOverrides.decode(value)).toThrow(
      expect.objectContaining({ path, message: expect.stringContaining(message) }),
    );
  });
});

describe('blockOverrides', () => {
  it('takes older names of the same fields', () => {
    const now = { timestamp: 7, feeRecipient: ALICE, prevRandao: WORD, baseFeePerGas: '0x5' };
    const before = { time: 7, coinbase: ALICE, random: WORD, baseFee: '0x5' };
    expect(blockOverrides.decode(before)).toEqual(blockOverrides.decode(now));
    expect(blockOverrides.decode(now)).toMatchObject({ timestamp: 7n, prevRandao: bytes, baseFeePerGas: 5n });
  });

  it('reads hashes of blocks and withdrawals', () => {
    const withdrawal = { index: 0, validatorIndex: 1, address: ALICE, amount: 2 };
    expect(blockOverrides.decode({ blockHash: { '0x5': WORD }, withdrawals: [withdrawal] })).toMatchObject({
      blockHashes: new Map([[5n, bytes]]),
      withdrawals: [{ index: 0n, validatorIndex: 1n, amount: 2n }],
    });
  });

  it('refuses a field that nobody reads', () => {
    expect(() => blockOverrides.decode({ extraData: '0x' })).toThrow('unknown field "extraData"');
  });

  it('cannot give a call withdrawals', () => {
    expect(callBlockOverrides.decode({ number: 5 })).toEqual({ number: 5n });
    expect(() => callBlockOverrides.decode({ withdrawals: [] })).toThrow('withdrawals cannot be overridden in a call');
  });
});
