import { describe, expect, it } from 'vitest';
import { type AbiParameter, constructorValues, type GivenArguments } from './constructorArguments.ts';
import { DeployError } from './deployFaults.ts';

const parameter = (type: string, name = '', components?: AbiParameter[]): AbiParameter => ({
  name,
  type,
  ...(components === undefined ? {} : { components, internalType: `struct Kit.${name}` }),
});

function values(inputs: readonly AbiParameter[], given: GivenArguments): unknown[] {
  const abi = [{ type: 'constructor', inputs, stateMutability: 'nonpayable' }];
  return constructorValues({ abi, contractName: 'Token' }, given);
}

const one = (type: string, value: unknown): unknown => values([parameter(type, 'x')], [value])[0];

function messageOf(inputs: readonly AbiParameter[], given: GivenArguments): string {
  try {
    values(inputs, given);
  } catch (error) {
    if (error instanceof DeployError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const WHO = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

describe('constructorValues', () => {
  it.each([
    ['uint256', '1000000', 1_000_000n],
    ['uint256', '1_000_000', 1_000_000n],
    ['uint8', 255, 255n],
    ['uint256', '0xff', 255n],
    ['uint256', 2n ** 256n - 1n, 2n ** 256n - 1n],
    ['int8', '-128', -128n],
    ['bool', 'true', true],
    ['bool', false, false],
    ['string', '', ''],
    ['string', '12', '12'],
    ['address', WHO.toLowerCase(), WHO.toLowerCase()],
    ['bytes', '0x', '0x'],
    ['bytes4', '0xdeadbeef', '0xdeadbeef'],
    ['uint256[]', '[1, "2"]', [1n, 2n]],
    ['uint8[2][]', [[1, 2]], [[1n, 2n]]],
    ['address[]', `["${WHO}"]`, [WHO]],
    ['string[]', '[]', []],
  ])('takes a %s from %s', (type, given, expected) => {
    expect(one(type, given)).toEqual(expected);
  });

  it.each([
    ['uint8', 256, 'a whole number from 0 to 2^8-1 (as a string beyond 2^53), got 256'],
    ['uint256', -1, 'a whole number from 0 to 2^256-1 (as a string beyond 2^53), got -1'],
    ['int8', '128', 'a whole number from -2^7 to 2^7-1 (as a string beyond 2^53), got "128"'],
    ['uint256', 1e21, 'a whole number from 0 to 2^256-1 (as a string beyond 2^53), got 1e+21'],
    ['uint256', '1.5', 'a whole number from 0 to 2^256-1 (as a string beyond 2^53), got "1.5"'],
    ['uint256', '', 'a whole number from 0 to 2^256-1 (as a string beyond 2^53), got ""'],
    ['bool', 'yes', 'true or false, got "yes"'],
    ['string', 5, 'text, got 5'],
    ['address', '0x12', 'an address (with a right checksum, if in mixed case), got "0x12"'],
    ['address', WHO.replace('f39F', 'F39F'), 'an address (with a right checksum, if in mixed case), got '],
    ['bytes', '0x123', '0x and an even number of hex digits, got "0x123"'],
    ['bytes4', '0xdead', '0x and 8 hex digits, got "0xdead"'],
    ['uint8[2]', '[1]', 'a JSON list of 2 items, got "[1]"'],
    ['uint8[]', '1,2', 'a JSON list of any length, got "1,2"'],
  ])('refuses for a %s the value %s', (type, given, message) => {
    const name = 'x';
    expect(messageOf([parameter(type, name)], [given])).toContain(`Token: argument x (${type}): expected ${message}`);
  });

  it('names the place inside a list or a struct', () => {
    const kit = parameter('tuple', 'Kit', [parameter('address[]', 'owners'), parameter('uint256', 'cap')]);
    expect(values([kit], [{ owners: [WHO], cap: 5 }])).toEqual([{ owners: [WHO], cap: 5n }]);
    expect(values([kit], [`[["${WHO}"], "5"]`])).toEqual([{ owners: [WHO], cap: 5n }]);
    expect(messageOf([kit], [{ owners: [WHO, 'x'], cap: 5 }])).toMatch(
      /^Token: argument Kit\.owners\[1\] \(address\): /,
    );
    expect(messageOf([kit], [{ owners: [], caps: 5 }])).toBe('Token: argument Kit: missing cap unknown caps');
    expect(messageOf([kit], ['nothing'])).toBe(
      'Token: argument Kit (struct Kit.Kit): expected a JSON object or list of (owners, cap), got "nothing"',
    );
  });

  it('takes arguments by name', () => {
    const inputs = [parameter('string', 'name'), parameter('uint256', 'supply')];
    expect(values(inputs, { supply: 7, name: 'Gold' })).toEqual(['Gold', 7n]);
    expect(messageOf(inputs, { supply: 7, nam: 'Gold' })).toBe(
      'Token: constructor(string name, uint256 supply): missing name unknown nam',
    );
  });

  it('counts them', () => {
    const inputs = [parameter('string', 'name'), parameter('uint256', 'supply')];
    expect(messageOf(inputs, ['Gold'])).toBe(
      'Token: constructor(string name, uint256 supply) takes 2 arguments, got 1',
    );
    expect(constructorValues({ abi: [], contractName: 'Bare' }, [])).toEqual([]);
    expect(messageOf([], [1])).toBe('Token: constructor() takes 0 arguments, got 1');
  });
});
