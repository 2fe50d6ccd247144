import { inspect } from 'node:util';
import {
  Address,
  type ChainLimits,
  type ChainOptions,
  ENGINES,
  type GenesisAccounts,
  type StorageOptions,
} from '@minichain/core';
import type { RequestRecord, RpcLimits, ServerOptions } from '@minichain/rpc';
import { ConfigError } from './errors.ts';

/** A number where a bigint will do, and an address as text. */
type Written<T> = T extends bigint ? bigint | number : T extends Address ? Address | `0x${string}` : T;
type AsWritten<T> = { readonly [K in keyof T]: Written<T[K]> };

/** The chain's options as a program writes them. */
export type NodeChainOptions = Omit<AsWritten<ChainOptions>, 'accounts' | 'limits' | 'storage'> & {
  readonly storage?: Omit<StorageOptions, 'version'>;
  readonly accounts?: Partial<AsWritten<GenesisAccounts>>;
  readonly limits?: Partial<AsWritten<ChainLimits>>;
};

/** Where a node's state comes from and goes to: files in the format of `anvil --dump-state`. */
export interface StateFileOptions {
  /** File that the node starts from, or folder with a `state.json`. */
  readonly load?: string;
  /** File that is written when the node ends and at intervals, or folder for a `state.json`. */
  readonly dump?: string;
  /** As {@link load} where it exists, and as {@link dump}. */
  readonly file?: string;
  /** Milliseconds between two writes. Default 60,000. */
  readonly intervalMs?: number;
  /** Whether states after older blocks are written as well. Default false. */
  readonly preserveHistoricalStates?: boolean;
}

/** Limits on requests that are left out are the defaults. */
export interface NodeOptions extends Readonly<Partial<RpcLimits>> {
  readonly chain?: NodeChainOptions;
  /** False: no port at all, only the in-process provider. Default: 127.0.0.1 on a port that the system chooses. */
  readonly server?: ServerOptions | false;
  /** A Unix socket, or a named pipe of Windows, that serves JSON-RPC as well. `namespaces`: what is offered there; default all. */
  readonly ipc?: { readonly path: string; readonly namespaces?: readonly string[] };
  /** Files that the state is read from and written to. */
  readonly state?: StateFileOptions;
  readonly clientVersion?: string;
  /** Whose words errors have; default geth's. */
  readonly errorStyle?: 'geth' | 'hardhat' | 'hardhat2';
  /** Whether a send is answered with the error and the hash when its transaction was mined at once and failed. */
  readonly throwOnFailure?: boolean;
  /** What `evm_setIntervalMining` counts: seconds, as Anvil (the default), or milliseconds, as Hardhat. */
  readonly intervalUnit?: 'seconds' | 'milliseconds';
  /** File of concatenated RLP blocks to execute before the node answers. */
  readonly importBlocks?: string;
  /** Prometheus metrics at `GET /metrics`: on the node's own port (true, the default), on another, or none. */
  readonly metrics?: boolean | { readonly port: number };
  /** `GET /health/ready` says 503 when a node that mines by the clock made no block for so many milliseconds; default: never. */
  readonly readyMaxHeadAgeMs?: number;
  /** Before a request runs; `onRequest` follows when it is done. */
  readonly onRequestStarted?: (method: string) => void;
  readonly onRequest?: (record: RequestRecord) => void;
  readonly onInternalError?: (error: unknown, id: string, requestId?: string) => void;
}

/** The same with every value in the form that is worked with. */
export interface CheckedNodeOptions extends Omit<NodeOptions, 'chain'> {
  readonly chain?: ChainOptions;
}

/** Takes a value in; undefined never comes. @throws ConfigError `expected …`. */
type Check = (value: unknown) => unknown;

const shown = (value: unknown): string =>
  inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).slice(0, 80);

/** What passes a test, as it is. */
function is(test: (value: unknown) => boolean, expected: string): Check {
  return (value) => {
    if (test(value)) return value;
    throw new ConfigError(`expected ${expected}, got ${shown(value)}`);
  };
}

const quantity =
  (min: bigint): Check =>
  (value) => {
    const whole = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
    if (typeof whole === 'bigint' && whole >= min) return whole;
    throw new ConfigError(`expected a whole number of at least ${min}, got ${shown(value)}`);
  };

const count = (min: number): Check =>
  is((value) => Number.isSafeInteger(value) && (value as number) >= min, `a whole number of at least ${min}`);
const size = is((v) => typeof v === 'number' && v >= 0, 'a number that is not negative');
const flag = is((value) => typeof value === 'boolean', 'true or false');
const text = is((value) => typeof value === 'string', 'a text');
const callback = is((value) => typeof value === 'function', 'a function');
const port = is((v) => Number.isInteger(v) && (v as number) >= 0 && (v as number) <= 65_535, 'a port from 0 to 65535');
const texts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');

const address: Check = (value) => {
  if (value instanceof Address) return value;
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) {
    throw new ConfigError(`expected an address (0x and 40 hex digits), got ${shown(value)}`);
  }
  return new Address(new Uint8Array(Buffer.from(value.slice(2), 'hex')));
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const mining = is((value) => {
  if (!isRecord(value)) return false;
  const { type, intervalMs } = value;
  if (type === 'instant' || type === 'manual') return true;
  return (type === 'interval' || type === 'mixed') && typeof intervalMs === 'number' && intervalMs > 0;
}, "{ type: 'instant' | 'manual' }, or { type: 'interval' | 'mixed', intervalMs } with an interval above 0");

/** An object with these fields and no others; what is undefined is left out. */
function shape(fields: Readonly<Record<string, Check>>): Check {
  return (value) => {
    if (!isRecord(value)) throw new ConfigError(`expected an object, got ${shown(value)}`);
    const checked: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(value)) {
      const check = fields[name];
      if (check === undefined) throw new ConfigError(`.${name}: there is no such option; ${hintFor(name, fields)}`);
      if (given !== undefined) checked[name] = within(name, () => check(given));
    }
    return checked;
  };
}

/** Puts a field's name before what is wrong with it. */
function within(name: string, run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const between = error.message.startsWith('.') ? '' : ': ';
    throw new ConfigError(`.${name}${between}${error.message}`, { cause: error });
  }
}

const ACCOUNTS = {
  mnemonic: text,
  count: count(0),
  balance: quantity(0n),
  derivationPath: text,
} satisfies Record<keyof GenesisAccounts, Check>;

const FORK = shape({ name: text, block: count(0), timestamp: count(0), afterGenesis: count(0) });
const scheduledForks: Check = (value) => {
  if (!Array.isArray(value)) throw new ConfigError(`expected a list of forks, got ${shown(value)}`);
  return value.map((one, index) => within(String(index), () => FORK(one)));
};

const STORAGE = {
  path: text,
  fsync: is((value) => value === 'always' || value === 'block' || value === 'off', "'always', 'block' or 'off'"),
  cacheBytes: size,
  pruneStates: count(1),
  historyBlocks: count(1),
} satisfies Record<keyof Omit<StorageOptions, 'version'>, Check>;

const LIMITS = {
  callTimeoutMs: size,
  callGasCap: quantity(0n),
  traceLimitBytes: size,
  accountTransactionLimit: count(0),
} satisfies Record<keyof ChainLimits, Check>;

const COMPILING = {
  threshold: count(1),
  reach: is((value) => value === 'executed' || value === 'all', "'executed' or 'all'"),
  mostBytes: size,
  hasBudget: flag,
} satisfies Record<keyof NonNullable<ChainOptions['compiling']>, Check>;

const CHAIN = {
  storage: shape(STORAGE),
  chainId: quantity(1n),
  hardfork: text,
  hardforkSchedule: scheduledForks,
  engine: is((value) => (ENGINES as readonly unknown[]).includes(value), ENGINES.map((name) => `'${name}'`).join(', ')),
  compiling: shape(COMPILING),
  genesis: is(isRecord, 'a parsed geth genesis'),
  accounts: shape(ACCOUNTS),
  keystore: shape({ path: text, passphrases: is(texts, 'a list of texts') }),
  limits: shape(LIMITS),
  gasLimit: quantity(1n),
  baseFee: quantity(0n),
  gasPrice: quantity(0n),
  timestamp: quantity(0n),
  coinbase: address,
  systemContracts: flag,
  create2Deployer: flag,
  mining,
  isIdle: flag,
  order: is((value) => value === 'fees' || value === 'fifo', "'fees' or 'fifo'"),
  maxTransactions: count(1),
  onePerBlock: flag,
  poolBalanceChecks: flag,
  strictNonce: flag,
  suggestedTip: quantity(0n),
  codeSizeLimit: size,
  initCodeSizeLimit: size,
  transactionGasCap: flag,
  allowSameTimestamp: flag,
  autoImpersonate: flag,
  slotsInAnEpoch: count(1),
  traceMined: flag,
  now: callback,
  randomBytes: callback,
} satisfies Record<keyof ChainOptions, Check>;

const names = is(texts, 'a list of namespaces, such as eth');

const SERVER = {
  host: text,
  port,
  cors: is((value) => value === '*' || texts(value), "'*' or a list of origins"),
  allowedHosts: is(texts, 'a list of host names'),
  maxBodyBytes: size,
  requestTimeoutMs: size,
  maxBufferedBytes: size,
  rateLimit: count(0),
  authToken: text,
  compressAbove: size,
  namespaces: shape({ http: names, ws: names }),
} satisfies Record<keyof ServerOptions, Check>;

const STATE = {
  file: text,
  load: text,
  dump: text,
  intervalMs: count(1),
  preserveHistoricalStates: flag,
} satisfies Record<keyof StateFileOptions, Check>;

const NODE = {
  chain: shape(CHAIN),
  server: (value) => (value === false ? false : shape(SERVER)(value)),
  ipc: shape({ path: text, namespaces: names }),
  state: shape(STATE),
  clientVersion: text,
  errorStyle: is(
    (value) => ['geth', 'hardhat', 'hardhat2'].includes(value as string),
    "'geth', 'hardhat' or 'hardhat2'",
  ),
  throwOnFailure: flag,
  intervalUnit: is((value) => value === 'seconds' || value === 'milliseconds', "'seconds' or 'milliseconds'"),
  maxBatch: count(1),
  maxResponseBytes: size,
  maxLogs: count(0),
  maxLogRange: count(0),
  maxFilters: count(1),
  maxSubscriptions: count(1),
  importBlocks: text,
  metrics: (value) => (typeof value === 'boolean' ? value : shape({ port })(value)),
  readyMaxHeadAgeMs: size,
  onRequestStarted: callback,
  onRequest: callback,
  onInternalError: callback,
} satisfies Record<keyof NodeOptions, Check>;

function hintFor(name: string, fields: Readonly<Record<string, Check>>): string {
  const groups: [string, object][] = [
    ['chain', CHAIN],
    ['chain.accounts', ACCOUNTS],
    ['chain.limits', LIMITS],
    ['server', SERVER],
  ];
  const [group] = groups.find(([, known]) => Object.hasOwn(known, name)) ?? [];
  return group === undefined ? `known here: ${Object.keys(fields).join(', ')}` : `did you mean ${group}.${name}?`;
}

/**
 * Reads what a program passes to `createNode`: numbers become bigints, addresses bytes.
 * @throws ConfigError naming the option, what was expected, and what came instead.
 * @example checkNodeOptions({ chain: { chainId: 1 } }) // { chain: { chainId: 1n } }
 */
export function checkNodeOptions(options: NodeOptions): CheckedNodeOptions {
  try {
    return shape(NODE)(options) as CheckedNodeOptions;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { message } = error;
    throw new ConfigError(message.startsWith('.') ? `options${message}` : `options: ${message}`, { cause: error });
  }
}
