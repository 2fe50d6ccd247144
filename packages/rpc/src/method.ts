import { RPC_CODES, RpcError } from '@minichain/protocol';
import { type Codec, CodecError } from './codecs/codec.ts';
import type { MethodContext } from './context.ts';

/** One positional parameter: its name in execution-apis, how it is read, and what it is when left out. */
export interface Param<T> {
  readonly name: string;
  readonly codec: Codec<T>;
  readonly optional: boolean;
  readonly fallback: T | undefined;
}

/** @example required('address', address) */
export function required<T>(name: string, codec: Codec<T>): Param<T> {
  return { name, codec, optional: false, fallback: undefined };
}

/** A trailing parameter that may be left out or null. @example optional('block', blockRef, LATEST) */
export function optional<T>(name: string, codec: Codec<T>, fallback: T): Param<T>;
export function optional<T>(name: string, codec: Codec<T>): Param<T | undefined>;
export function optional<T>(name: string, codec: Codec<T>, fallback?: T): Param<T | undefined> {
  return { name, codec, optional: true, fallback };
}

type Values<P extends readonly Param<unknown>[]> = { [I in keyof P]: P[I] extends Param<infer T> ? T : never };

/** A method as data: how its parameters are read, what runs, how the result is written. */
export interface Method {
  readonly params: readonly Param<unknown>[];
  readonly invoke: (context: MethodContext, params: readonly unknown[]) => Promise<unknown>;
}

interface Definition<P extends readonly Param<unknown>[], R> {
  readonly params: P;
  readonly run: (context: MethodContext, ...values: Values<P>) => R | Promise<R>;
  readonly result: (value: R, context: MethodContext) => unknown;
}

function decode(param: Param<unknown>, value: unknown, index: number): unknown {
  if (value === undefined || (value === null && param.optional)) {
    if (param.optional) return param.fallback;
    throw new RpcError(
      RPC_CODES.invalidParams,
      `missing value for required argument ${index}: params[${index}] (${param.name}): expected ${param.codec.expected}`,
    );
  }
  try {
    return param.codec.decode(value);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const place = `params[${index}] (${param.name})${error.path}`;
    throw new RpcError(RPC_CODES.invalidParams, `${place}: ${error.message}`, undefined, { cause: error });
  }
}

/** @example method({ params: [required('address', address)], run: (c, who) => c.chain.pool.nextNonce(who), result: quantity }) */
export function method<const P extends readonly Param<unknown>[], R>(definition: Definition<P, R>): Method {
  const { params, run, result } = definition;
  return {
    params,
    invoke: async (context, given) => {
      if (given.length > params.length) {
        throw new RpcError(
          RPC_CODES.invalidParams,
          `too many arguments, want at most ${params.length}, got ${given.length}`,
        );
      }
      const values = params.map((param, index) => decode(param, given[index], index));
      return result(await run(context, ...(values as Values<P>)), context);
    },
  };
}
