import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './errors.ts';
import { type Parser, text } from './parsers.ts';

/** What `--ipc` without a value, and `ipc: true` in a file, stand for. */
export const DEFAULT_IPC = 'default';

/** Where Anvil and geth have theirs: in no folder of the user's. */
function defaultIpcPath(): string {
  return process.platform === 'win32' ? '\\\\.\\pipe\\minichain.ipc' : join(tmpdir(), 'minichain.ipc');
}

export const ipcPath: Parser<string> = Object.assign(
  (value: string) => (value === DEFAULT_IPC ? defaultIpcPath() : text(value)),
  { schema: { type: 'string', minLength: 1 } as const },
);

const TRANSPORTS = ['http', 'ws', 'ipc'] as const;
type Transport = (typeof TRANSPORTS)[number];

/** Namespaces by transport; one that is left out offers all. */
export type OfferedNamespaces = { readonly [K in Transport]?: readonly string[] };

const isTransport = (name: string): name is Transport => (TRANSPORTS as readonly string[]).includes(name);

function namesFrom(list: string): readonly string[] | undefined {
  const names = list.split(',').map((name) => name.trim());
  if (names.some((name) => !/^[a-z][a-z0-9]*$/.test(name))) {
    throw new ConfigError('expected namespaces such as eth,net,web3, or http=eth,net;ipc=all');
  }
  return names.includes('all') ? undefined : names;
}

/**
 * `eth,net,web3` for every transport, and `http=eth,net;ws=eth;ipc=all` for single ones, which come after.
 * @example namespaces('eth,net;ipc=all') // { http: ['eth', 'net'], ws: ['eth', 'net'] }
 */
export const namespaces: Parser<OfferedNamespaces> = Object.assign(
  (value: string): OfferedNamespaces => {
    const offered: { [K in Transport]?: readonly string[] } = {};
    for (const part of value.split(';')) {
      const [left = '', right, ...more] = part.split('=').map((one) => one.trim());
      if (more.length > 0 || (right !== undefined && !isTransport(left))) {
        throw new ConfigError(`expected one of the transports ${TRANSPORTS.join(', ')} before "="`);
      }
      const names = namesFrom(right ?? left);
      for (const transport of right === undefined ? TRANSPORTS : [left as Transport]) {
        if (names === undefined) delete offered[transport];
        else offered[transport] = names;
      }
    }
    return offered;
  },
  { schema: { type: 'string', examples: ['eth,net,web3', 'http=eth,net,web3;ipc=all'] } as const },
);
