import { RpcError } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { CodecError } from './codecs/codec.ts';
import { looseQuantity, text } from './codecs/scalars.ts';
import type { MethodContext } from './context.ts';
import { answer, method, optional, required } from './method.ts';

const context = { clientVersion: 'anvil/test' } as MethodContext;

const greet = method({
  params: [required('name', text), optional('times', looseQuantity, 1n), optional('mark', text)],
  run: (c, name, times, mark) => [c.clientVersion, name, times, mark] as const,
  result: (told) => told,
});

const refusal = async (params: readonly unknown[]): Promise<RpcError> =>
  greet.invoke(context, params).then(
    () => {
      throw new Error('was answered');
    },
    (error: RpcError) => error,
  );

describe('parameters', () => {
  it('are read and handed over', async () => {
    await expect(greet.invoke(context, ['Bob', '0x2', '!'])).resolves.toEqual(['anvil/test', 'Bob', 2n, '!']);
  });

  it.each([[['Bob']], [['Bob', null]], [['Bob', undefined, null]]])('may be left out or null: %j', async (params) => {
    await expect(greet.invoke(context, params)).resolves.toEqual(['anvil/test', 'Bob', 1n, undefined]);
  });

  it('must be there when they are required', async () => {
    expect(await refusal([])).toMatchObject({
      code: -32602,
      message: 'missing value for required argument 0: params[0] (name): expected a string',
    });
    expect(await refusal([null])).toMatchObject({ message: 'params[0] (name): expected a string, got null' });
  });

  it('may not be more than there are', async () => {
    expect(await refusal(['Bob', 1, '!', 4])).toMatchObject({
      code: -32602,
      message: 'too many arguments, want at most 3, got 4',
    });
  });

  it('are named with their place when they are wrong, and the cause is kept', async () => {
    const error = await refusal(['Bob', 'twice']);
    expect(error).toBeInstanceOf(RpcError);
    expect(error.message).toMatch(/^params\[1\] \(times\): expected a non-negative number.*got "twice"$/);
    expect(error.cause).toBeInstanceOf(CodecError);
  });
});

describe('a codec', () => {
  const with_ = (decode: () => never) =>
    method({ params: [required('x', { expected: 'x', decode })], run: () => {}, result: answer(null) });

  it('decides the code', async () => {
    const asking = with_(() => {
      throw new CodecError('not here', '.deep', -32004);
    }).invoke(context, [1]);
    await expect(asking).rejects.toMatchObject({ code: -32004, message: 'params[0] (x).deep: not here' });
  });

  it('that breaks is our mistake, not the caller’s', async () => {
    const asking = with_(() => {
      throw new TypeError('bug');
    }).invoke(context, [1]);
    await expect(asking).rejects.toBeInstanceOf(TypeError);
  });
});

it('a method that throws at once refuses all the same', async () => {
  const failing = method({
    params: [],
    run: (): never => {
      throw new RpcError(-32000, 'no');
    },
    result: (never) => never,
  });
  await expect(failing.invoke(context, [])).rejects.toMatchObject({ code: -32000 });
});

it('the same answer may be given whatever happened', async () => {
  const done = method({ params: [], run: async () => 'anything', result: answer(true) });
  await expect(done.invoke(context, [])).resolves.toBe(true);
});
