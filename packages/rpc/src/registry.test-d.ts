import type { Quantity, RpcAddress } from '@minichain/protocol';
import { address, looseQuantity } from './codecs/scalars.ts';
import { answer, method, optional, required, type Serve } from './method.ts';
import type { Vectors } from './world.vectors.ts';

/** What a mistake in a method costs: the compiler refuses it. Each expected error below is one such mistake. */
interface Schema {
  demo_balance: { params: [address: RpcAddress, block?: Quantity]; result: Quantity };
}

const who = required('address', address);
const at = optional('block', looseQuantity, 0n);

export const right = {
  demo_balance: method({ params: [who, at], run: (_, of, block) => [of.bytes, block], result: answer('0x0') }),
} satisfies Serve<Schema>;

// @ts-expect-error the schema's method is missing
export const missing = {} satisfies Serve<Schema>;

export const unknown = {
  ...right,
  // @ts-expect-error the schema has no such method
  demo_other: method({ params: [], run: () => {}, result: answer(true) }),
} satisfies Serve<Schema>;

export const wrongResult = {
  // @ts-expect-error a quantity is promised
  demo_balance: method({ params: [who, at], run: () => {}, result: answer(7) }),
} satisfies Serve<Schema>;

export const wrongParameter = {
  // @ts-expect-error the first parameter is an address
  demo_balance: method({ params: [required('address', booleanOnly()), at], run: () => {}, result: answer('0x0') }),
} satisfies Serve<Schema>;

export const tooFew = {
  // @ts-expect-error the schema lists a second parameter
  demo_balance: method({ params: [who], run: () => {}, result: answer('0x0') }),
} satisfies Serve<Schema>;

export const tooMany = {
  // @ts-expect-error the second parameter may be left out
  demo_balance: method({ params: [who, required('block', looseQuantity)], run: () => {}, result: answer('0x0') }),
} satisfies Serve<Schema>;

function booleanOnly() {
  return { expected: 'true or false', decode: (value: unknown) => value === true, wire: true };
}

const vector = { params: ['0x00000000000000000000000000000000000a11ce'], result: '0x1' } as const;
const refusal = { params: [], error: { code: -32602, message: 'missing value' } } as const;

export const tested = {
  eth_getBalance: { succeeds: [vector], fails: [refusal] },
} satisfies Vectors<{ eth_getBalance: unknown }>;

// @ts-expect-error the method has no vector
export const untested = {} satisfies Vectors<{ eth_getBalance: unknown }>;

export const onlySuccess = {
  // @ts-expect-error nothing shows how it refuses
  eth_getBalance: { succeeds: [vector], fails: [] },
} satisfies Vectors<{ eth_getBalance: unknown }>;

export const onlyFailure = {
  // @ts-expect-error nothing shows what it answers
  eth_getBalance: { succeeds: [], fails: [refusal] },
} satisfies Vectors<{ eth_getBalance: unknown }>;

export const wrongAnswer = {
  // @ts-expect-error a balance is a quantity
  eth_getBalance: { succeeds: [{ ...vector, result: 1 }], fails: [refusal] },
} satisfies Vectors<{ eth_getBalance: unknown }>;

export const alwaysRefuses = {
  anvil_setRpcUrl: { succeeds: [], fails: [refusal] },
} satisfies Vectors<{ anvil_setRpcUrl: unknown }>;
