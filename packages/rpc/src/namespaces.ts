import { RPC_CODES, RpcError } from '@minichain/protocol';

/** Names before the underscore of the methods that may be called; left out: all. `rpc.discover` has a dot there. */
export type Namespaces = ReadonlySet<string>;

export const namespaceOf = (method: string): string => method.slice(0, method.search(/[._]/));

/** Of some methods, those that are offered. */
export const offeredOf = (methods: readonly string[], offered: Namespaces | undefined): readonly string[] =>
  offered === undefined ? methods : methods.filter((method) => offered.has(namespaceOf(method)));

/** @returns the error for a method that exists and is not offered on the way it was asked for; undefined when it is. */
export function notOffered(method: string, offered: Namespaces | undefined): RpcError | undefined {
  if (offered === undefined || offered.has(namespaceOf(method))) return undefined;
  const detail = `the method ${method} does not exist/is not available: the node's --rpc-namespaces offers ${[...offered].join(', ')} here`;
  return new RpcError(RPC_CODES.methodNotFound, detail);
}
