import { randomBytes } from 'node:crypto';
import { Address } from '@ethereumjs/util';
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from './accounts/mnemonic.ts';
import type { ChainLimits, ChainOptions, GenesisAccounts, GethGenesis, ResolvedChainOptions } from './chainOptions.ts';
import { DEFAULT_ENGINE } from './execution/engine/engine.ts';
import { EXECUTION_LIMITS } from './execution/limits.ts';
import { hardforkError } from './hardforks/faults.ts';

const ETHER = 10n ** 18n;
const GWEI = 10n ** 9n;

function chainIdOf(options: ChainOptions): bigint {
  const fromGenesis = options.genesis?.config?.['chainId'];
  if (options.chainId !== undefined) return options.chainId;
  if (fromGenesis === undefined) return 31337n;
  const id = genesisNumber(fromGenesis, 'config.chainId');
  // EthereumJS keeps chain ids as JavaScript numbers.
  if (id < 1n || id > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw hardforkError({ code: 'GENESIS_INVALID', detail: `config.chainId ${id} must be between 1 and 2^53 - 1` });
  }
  return id;
}

/** @throws HardforkError GENESIS_INVALID naming the field. */
function genesisNumber(value: unknown, field: string): bigint {
  try {
    return BigInt(value as string | number);
  } catch {
    const detail = `${field} must be a number, decimal or 0x-hex, got "${value}"`;
    throw hardforkError({ code: 'GENESIS_INVALID', detail });
  }
}

/** Genesis fields that a flag of the same meaning would otherwise default. */
function fromGenesis(genesis: GethGenesis | undefined, field: 'timestamp' | 'gasLimit'): bigint | undefined {
  const value = genesis?.[field];
  return value === undefined || value === null ? undefined : genesisNumber(value, field);
}

const ACCOUNTS: GenesisAccounts = {
  mnemonic: DEFAULT_MNEMONIC,
  count: 10,
  balance: 10_000n * ETHER,
  derivationPath: DEFAULT_DERIVATION_PATH,
};

const LIMITS: ChainLimits = { ...EXECUTION_LIMITS, accountTransactionLimit: 0 };

const DEFAULTS = {
  hardfork: 'latest',
  engine: DEFAULT_ENGINE,
  compiling: {},
  baseFee: GWEI,
  coinbase: new Address(new Uint8Array(20)),
  systemContracts: true,
  create2Deployer: true,
  mining: { type: 'instant' },
  isIdle: false,
  order: 'fees',
  maxTransactions: Number.POSITIVE_INFINITY,
  onePerBlock: false,
  poolBalanceChecks: true,
  strictNonce: false,
  suggestedTip: GWEI,
  transactionGasCap: true,
  allowSameTimestamp: false,
  autoImpersonate: false,
  slotsInAnEpoch: 32,
  traceMined: false,
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
} as const;

/** An option that is present but undefined counts as left out. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The limits that options ask for; what they leave out is the default. @example chainLimits({ callGasCap: 0n }) */
export const chainLimits = (options: Partial<ChainLimits> = {}): ChainLimits => ({ ...LIMITS, ...given(options) });

/** Every option decided. */
export function resolveOptions(options: ChainOptions): ResolvedChainOptions {
  const now = options.now ?? Date.now;
  const { genesis } = options;
  return {
    ...DEFAULTS,
    ...given(options),
    chainId: chainIdOf(options),
    genesis,
    storage: options.storage ?? {},
    accounts: { ...ACCOUNTS, ...given(options.accounts ?? {}) },
    limits: chainLimits(options.limits),
    gasLimit: options.gasLimit ?? fromGenesis(genesis, 'gasLimit') ?? 30_000_000n,
    gasPrice: options.gasPrice,
    timestamp: fromGenesis(genesis, 'timestamp') ?? options.timestamp ?? BigInt(Math.floor(now() / 1000)),
    codeSizeLimit: options.codeSizeLimit,
    initCodeSizeLimit: options.initCodeSizeLimit,
    hardforkSchedule: options.hardforkSchedule,
    keystore: options.keystore,
    now,
  };
}
