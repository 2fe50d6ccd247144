import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { createChain } from '../createChain.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { consoleLineFromCall } from './consoleLog.ts';

const word = (value: bigint): Uint8Array =>
  hexToBytes(`0x${BigInt.asUintN(256, value).toString(16).padStart(64, '0')}`);
const padded = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(Math.ceil(bytes.length / 32) * 32);
  out.set(bytes);
  return out;
};

/** ABI encoding of the types that console.log has. */
function encoded(types: readonly string[], values: readonly unknown[]): Uint8Array {
  const heads: Uint8Array[] = [];
  const tails: Uint8Array[] = [];
  let offset = 32n * BigInt(types.length);
  types.forEach((type, i) => {
    const value = values[i];
    if (type === 'string' || type === 'bytes') {
      const bytes = type === 'string' ? utf8ToBytes(value as string) : hexToBytes(value as `0x${string}`);
      const tail = concatBytes(word(BigInt(bytes.length)), padded(bytes));
      heads.push(word(offset));
      tails.push(tail);
      offset += BigInt(tail.length);
    } else if (type.startsWith('bytes')) heads.push(padded(hexToBytes(value as `0x${string}`)));
    else heads.push(word(BigInt(value as bigint | boolean | string)));
  });
  return concatBytes(...heads, ...tails);
}

const selector = (signature: string): Uint8Array => keccak256(utf8ToBytes(signature)).subarray(0, 4);
const line = (types: readonly string[], values: readonly unknown[]): string | undefined =>
  consoleLineFromCall(concatBytes(selector(`log(${types.join(',')})`), encoded(types, values)));

const ADDRESS = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const COMBINED: Record<string, [value: unknown, text: string]> = {
  uint256: [2n ** 256n - 1n, '115792089237316195423570985008687907853269984665640564039457584007913129639935'],
  string: ['größe', 'größe'],
  bool: [true, 'true'],
  address: [ADDRESS, ADDRESS],
};

function combinations(count: number): string[][] {
  if (count === 0) return [[]];
  return combinations(count - 1).flatMap((types) => Object.keys(COMBINED).map((type) => [...types, type]));
}

describe('consoleLineFromCall', () => {
  it('knows every combination of up to four arguments, with the legacy names as well', () => {
    for (const types of [1, 2, 3, 4].flatMap(combinations)) {
      const values = types.map((type) => COMBINED[type]?.[0]);
      const text = types.map((type) => COMBINED[type]?.[1]).join(' ');
      expect(line(types, values)).toBe(text);
      const legacy = types.map((type) => (type === 'uint256' ? 'uint' : type));
      expect(consoleLineFromCall(concatBytes(selector(`log(${legacy.join(',')})`), encoded(types, values)))).toBe(text);
    }
  });

  it('knows the single types', () => {
    expect(consoleLineFromCall(selector('log()'))).toBe('');
    expect(line(['int256'], [-5n])).toBe('-5');
    expect(consoleLineFromCall(concatBytes(selector('log(int)'), word(-(2n ** 255n))))).toBe(`-${2n ** 255n}`);
    expect(line(['bytes'], ['0x010203'])).toBe('0x010203');
    for (let size = 1; size <= 32; size++) {
      const value = bytesToHex(new Uint8Array(size).fill(0xab));
      expect(line([`bytes${size}`], [value])).toBe(value);
    }
  });

  // As they stand in the console.sol that Hardhat and Foundry ship, and in its versions before 2022.
  it.each([
    ['log()', '0x51973ec9'],
    ['log(string)', '0x41304fac'],
    ['log(uint256)', '0xf82c50f1'],
    ['log(uint)', '0xf5b1bba9'],
    ['log(int256)', '0x2d5b6cb9'],
    ['log(int)', '0x4e0c1d1d'],
    ['log(string,uint256)', '0xb60e72cc'],
    ['log(string,uint)', '0x9710a9d0'],
    ['log(string,address,uint256)', '0x0d26b925'],
    ['log(bytes32)', '0x27b7cf85'],
  ])('has the selector of %s', (signature, hex) => {
    expect(bytesToHex(selector(signature))).toBe(hex);
    const payload = signature.includes('string') ? encoded(['string', 'uint256', 'uint256'], ['x', 1n, 1n]) : word(1n);
    expect(consoleLineFromCall(concatBytes(hexToBytes(hex as `0x${string}`), payload))).toBeDefined();
  });

  // What Node's util.format makes of these, with integers of any size for %d and %i.
  it.each([
    ['%s and %s', ['uint256', 'bool'], [2n ** 200n, false], `${2n ** 200n} and false`],
    ['%d %i', ['uint256', 'uint256'], [2n ** 255n, 7n], `${2n ** 255n} 7`],
    ['100%% of %d', ['uint256'], [5n], '100% of 5'],
    ['100%%d', ['uint256'], [5n], '100%d 5'],
    ['%%%d', ['uint256'], [5n], '%5'],
    ['%d', ['string'], ['five'], 'five'],
    ['%o %j', ['string', 'string'], ['a', 'b'], '\'a\' "b"'],
    ['%c|', ['string'], ['css'], '|'],
    ['%x', ['uint256'], [255n], '%x 255'],
    ['too few %s %s', ['uint256'], [1n], 'too few 1 %s'],
    ['too many', ['uint256', 'address'], [1n, ADDRESS], `too many 1 ${ADDRESS}`],
    ['', ['uint256'], [1n], ' 1'],
  ])('formats %j', (template, types, values, text) => {
    expect(line(['string', ...types], [template, ...values])).toBe(text);
  });

  it('leaves a single string as it is', () => {
    expect(line(['string'], ['100%% %d'])).toBe('100%% %d');
  });

  it('takes a later string as it is', () => {
    expect(line(['uint256', 'string'], [1n, '%d'])).toBe('1 %d');
  });

  it('is undefined for what is no console call', () => {
    expect(consoleLineFromCall(new Uint8Array())).toBeUndefined();
    expect(consoleLineFromCall(selector('transfer(address,uint256)'))).toBeUndefined();
    expect(consoleLineFromCall(concatBytes(selector('log(uint256)'), new Uint8Array(31)))).toBeUndefined();
  });

  it('survives offsets and lengths that point nowhere', () => {
    const call = (offset: bigint, length: bigint) =>
      consoleLineFromCall(concatBytes(selector('log(string)'), word(offset), word(length), utf8ToBytes('abc')));
    expect(call(32n, 2n ** 255n)).toBe('abc');
    expect(call(2n ** 255n, 3n)).toBe('');
    expect(call(1000n, 3n)).toBe('');
  });
});

describe('the event consoleLogged', () => {
  // PUSH4 selector of log(), shifted to the front of memory; STATICCALL to the console; then what the test appends.
  const logging = (rest: string): `0x${string}` =>
    `0x6351973ec960e01b5f525f5f60045f6a636f6e736f6c652e6c6f675afa50${rest}`;

  it('tells of calls, of calls that fail, and of estimates only when they fail', async () => {
    const chain = await createChain();
    const heard: (readonly string[])[] = [];
    chain.events.on('consoleLogged', (lines) => heard.push(lines));
    const [stops, reverts] = [hexToBytes(logging('00')), hexToBytes(logging('5f5ffd'))];
    const at = { tag: 'latest' } as const;
    await chain.execution.call({ data: stops }, at);
    expect(heard.splice(0)).toEqual([['']]);
    await expect(chain.execution.call({ data: reverts }, at)).rejects.toThrow('execution reverted');
    expect(heard.splice(0)).toEqual([['']]);
    await chain.execution.estimateGas({ data: stops }, at);
    expect(heard).toEqual([]);
    await expect(chain.execution.estimateGas({ data: reverts }, at)).rejects.toThrow('execution reverted');
    expect(heard).toEqual([['']]);
    await chain.close();
  });

  it('leaves the lines of a transaction to its own event, once', async () => {
    const chain = await createChain();
    const heard: unknown[] = [];
    chain.events.on('consoleLogged', (lines) => heard.push(['call', lines]));
    chain.events.on('transactionMined', ({ consoleLines }) => heard.push(['transaction', consoleLines]));
    const from = chain.accounts.owned[0]?.address;
    if (from === undefined) throw new Error('no account');
    await chain.control.submit({ from, data: hexToBytes(logging('00')) });
    expect(heard).toEqual([['transaction', ['']]]);
    await chain.close();
  });
});
