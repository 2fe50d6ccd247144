import { RPC_CODES, RpcError, type RpcSchema } from '@minichain/protocol';
import { type Codec, CodecError } from './codecs/codec.ts';
import type { MethodContext } from './context.ts';

/** One positional parameter: its name in the schema, how it is read, and what it is when left out. */
export interface Param<T, W = unknown, O extends boolean = boolean> {
  readonly name: string;
  readonly codec: Codec<T, W>;
  readonly optional: O;
  readonly fallback: T | undefined;
}

/** @example required('address', address) */
export function required<T, W>(name: string, codec: Codec<T, W>): Param<T, W, false> {
  return { name, codec, optional: false, fallback: undefined };
}

/** A trailing parameter that may be left out or null. @example optional('block', blockRef, LATEST) */
export function optional<T, W>(name: string, codec: Codec<T, W>, fallback: T): Param<T, W, true>;
export function optional<T, W>(name: string, codec: Codec<T, W>): Param<T | undefined, W, true>;
export function optional<T, W>(name: string, codec: Codec<T, W>, fallback?: T): Param<T | undefined, W, true> {
  return { name, codec, optional: true, fallback };
}

type Params = readonly Param<unknown>[];
type Values<P extends Params> = { [I in keyof P]: P[I] extends Param<infer T> ? T : never };
/** The tuple that a caller may send. */
type Wire<P extends Params> = P extends readonly [Param<unknown, infer W, infer O>, ...infer Rest extends Params]
  ? true extends O
    ? [(W | null)?, ...Wire<Rest>]
    : [W, ...Wire<Rest>]
  : [];

/** A method as data: how its parameters are read, what runs, how the result is written. */
export interface Method<P extends readonly unknown[] = never, R = unknown> {
  readonly params: Params;
  readonly invoke: (context: MethodContext, params: readonly unknown[]) => Promise<R>;
  /** Never there: it holds the parameters against the schema, at compile time. */
  readonly accepts?: (params: P) => void;
}

/**
 * The methods of a schema. An object that `satisfies Serve<Schema>` has every method, takes the parameters that the schema
 * lists and answers with the result that it promises.
 */
export type Serve<S = RpcSchema> = {
  readonly [N in keyof S]: S[N] extends { params: infer P extends readonly unknown[]; result: infer R }
    ? Method<P, R>
    : never;
};

interface Definition<P extends Params, R, W> {
  readonly params: P;
  readonly run: (context: MethodContext, ...values: Values<P>) => R | Promise<R>;
  readonly result: (value: R, context: MethodContext) => W;
}

/** The same answer whatever happened: what each family of setters returns. @example result: answer(true) */
export const answer =
  <const W>(result: W) =>
  (): W =>
    result;

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
    throw new RpcError(error.code, `${place}: ${error.message}`, undefined, { cause: error });
  }
}

/**
 * Keep the fields in this order, or the types of `run` are not inferred.
 * @example method({ params: [required('address', address)], run: (c, who) => c.chain.pool.nextNonce(who), result: quantity })
 */
export function method<const P extends Params, R, const W>(definition: Definition<P, R, W>): Method<Wire<P>, W> {
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
