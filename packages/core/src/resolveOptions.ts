import { randomBytes } from 'node:crypto';
import { Address } from '@ethereumjs/util';
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from './accounts/mnemonic.ts';
import { blockError } from './blocks/faults.ts';
import type { ChainOptions, GethGenesis, ResolvedChainOptions } from './contract.ts';

const ETHER = 10n ** 18n;
const GWEI = 10n ** 9n;

function chainIdOf(options: ChainOptions): bigint {
  const fromGenesis = options.genesis?.config?.['chainId'];
  if (options.chainId !== undefined) return options.chainId;
  if (fromGenesis === undefined) return 31337n;
  const id = BigInt(fromGenesis as string | number);
  // EthereumJS keeps chain ids as JavaScript numbers.
  if (id < 1n || id > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw blockError({ code: 'GENESIS_INVALID', detail: `config.chainId ${id} must be between 1 and 2^53 - 1` });
  }
  return id;
}

/** Genesis fields that a flag of the same meaning would otherwise default. */
function fromGenesis(genesis: GethGenesis | undefined, field: 'timestamp' | 'gasLimit'): bigint | undefined {
  const value = genesis?.[field];
  if (value === undefined || value === null) return undefined;
  try {
    return BigInt(value);
  } catch {
    throw blockError({
      code: 'GENESIS_INVALID',
      detail: `${field} must be a number, decimal or 0x-hex, got "${value}"`,
    });
  }
}

/** Every option decided. */
export function resolveOptions(options: ChainOptions): ResolvedChainOptions {
  const now = options.now ?? Date.now;
  const { genesis } = options;
  return {
    chainId: chainIdOf(options),
    hardfork: options.hardfork ?? 'latest',
    genesis,
    accounts: {
      mnemonic: options.accounts?.mnemonic ?? DEFAULT_MNEMONIC,
      count: options.accounts?.count ?? 10,
      balance: options.accounts?.balance ?? 10_000n * ETHER,
      derivationPath: options.accounts?.derivationPath ?? DEFAULT_DERIVATION_PATH,
    },
    gasLimit: options.gasLimit ?? fromGenesis(genesis, 'gasLimit') ?? 30_000_000n,
    baseFee: options.baseFee ?? GWEI,
    gasPrice: options.gasPrice,
    timestamp: fromGenesis(genesis, 'timestamp') ?? options.timestamp ?? BigInt(Math.floor(now() / 1000)),
    coinbase: options.coinbase ?? new Address(new Uint8Array(20)),
    systemContracts: options.systemContracts ?? true,
    create2Deployer: options.create2Deployer ?? true,
    mining: options.mining ?? { type: 'instant' },
    order: options.order ?? 'fees',
    codeSizeLimit: options.codeSizeLimit,
    transactionGasCap: options.transactionGasCap ?? true,
    allowSameTimestamp: options.allowSameTimestamp ?? false,
    autoImpersonate: options.autoImpersonate ?? false,
    slotsInAnEpoch: options.slotsInAnEpoch ?? 32,
    traceMined: options.traceMined ?? false,
    now,
    randomBytes: options.randomBytes ?? ((length) => new Uint8Array(randomBytes(length))),
  };
}
