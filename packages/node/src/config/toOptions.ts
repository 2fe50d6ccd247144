import { constants } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Address,
  type ChainLimits,
  DIRECTORY_DESCRIPTION,
  type GethGenesis,
  type MiningMode,
  mnemonicFromSeed,
  randomMnemonic,
  type StorageOptions,
} from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import type { LiveServerOptions, RpcLimits } from '@minichain/rpc';
import { ConfigError, reasonFromSystem } from './errors.ts';
import type { NodeOptions } from './nodeOptions.ts';
import type { SettingValues } from './schema.ts';

function readJson(file: string, flag: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${flag}: cannot read ${file}: ${reasonFromSystem(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${flag}: ${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function genesisFrom(file: string): GethGenesis {
  const genesis = readJson(file, '--init') as Partial<GethGenesis> | null;
  if (!isObject(genesis) || !isObject(genesis?.config) || !isObject(genesis?.alloc)) {
    throw new ConfigError(`--init: ${file} is not a geth genesis: the objects "config" and "alloc" are needed`);
  }
  return genesis as GethGenesis;
}

/** Undefined where nothing is said of it: instant, or what a data directory's chain was in. */
export function miningFrom({ noMining, blockTime, mixedMining }: SettingValues): MiningMode | undefined {
  if (noMining === true) return { type: 'manual' };
  if (noMining === false && blockTime === undefined) return { type: 'instant' };
  if (blockTime === undefined) return undefined;
  return { type: mixedMining === true ? 'mixed' : 'interval', intervalMs: blockTime };
}

const holdsChain = (directory: string): boolean => existsSync(join(directory, DIRECTORY_DESCRIPTION));

function mnemonicFrom({ mnemonic, mnemonicRandom, mnemonicSeedUnsafe, dataDir }: SettingValues): string | undefined {
  if (mnemonicRandom !== undefined) {
    // A chain that goes on has the accounts it was made with.
    return dataDir !== undefined && holdsChain(dataDir) ? undefined : randomMnemonic(Number(mnemonicRandom));
  }
  return mnemonicSeedUnsafe === undefined ? mnemonic : mnemonicFromSeed(mnemonicSeedUnsafe);
}

function accountsFrom(values: SettingValues) {
  const mnemonic = mnemonicFrom(values);
  return {
    ...(mnemonic === undefined ? {} : { mnemonic }),
    ...(values.accounts === undefined ? {} : { count: values.accounts }),
    ...(values.balance === undefined ? {} : { balance: values.balance }),
    ...(values.derivationPath === undefined ? {} : { derivationPath: values.derivationPath }),
  };
}

function storageFrom(values: SettingValues, path: string): StorageOptions {
  return {
    path,
    ...(values.fsync === undefined ? {} : { fsync: values.fsync }),
    ...(values.cacheMb === undefined ? {} : { cacheBytes: values.cacheMb }),
    ...(values.prune === undefined ? {} : { pruneStates: values.prune }),
    ...(values.historyBlocks === undefined ? {} : { historyBlocks: values.historyBlocks }),
  };
}

/** Settings that mean the same in the chain's options under the same name. */
const SAME_NAME = [
  'chainId',
  'hardfork',
  'hardforkSchedule',
  'engine',
  'gasLimit',
  'baseFee',
  'gasPrice',
  'timestamp',
  'order',
  'maxTransactions',
  'onePerBlock',
  'codeSizeLimit',
  'strictNonce',
  'initCodeSizeLimit',
  'autoImpersonate',
  'allowSameTimestamp',
  'slotsInAnEpoch',
] as const;

/** geth's format: a password a line. */
function keystoreFrom(path: string, passwordFile: string | undefined) {
  if (passwordFile === undefined) return { path, passphrases: [''] };
  try {
    const lines = readFileSync(passwordFile, 'utf8')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/);
    return { path, passphrases: [...new Set(lines)] };
  } catch (error) {
    throw new ConfigError(`--password: cannot read ${passwordFile}: ${reasonFromSystem(error)}`, { cause: error });
  }
}

/** geth's largest. */
const MAX_GAS_LIMIT = 2n ** 63n - 1n;

function chainFrom(values: SettingValues): NonNullable<NodeOptions['chain']> {
  const mining = miningFrom(values);
  const same = Object.fromEntries(SAME_NAME.filter((name) => values[name] !== undefined).map((n) => [n, values[n]]));
  return {
    ...same,
    accounts: accountsFrom(values),
    limits: chainLimitsFrom(values),
    ...(mining === undefined ? {} : { mining }),
    ...(values.noSystemContracts === undefined ? {} : { systemContracts: !values.noSystemContracts }),
    ...(values.noCreate2Deployer === undefined ? {} : { create2Deployer: !values.noCreate2Deployer }),
    ...(values.disableTxGasCap === undefined ? {} : { transactionGasCap: !values.disableTxGasCap }),
    ...(values.dataDir === undefined ? {} : { storage: storageFrom(values, values.dataDir) }),
    poolBalanceChecks: values.disablePoolBalanceChecks !== true,
    traceMined: values.printTraces === true,
    ...(values.disableBlockGasLimit === true ? { gasLimit: MAX_GAS_LIMIT } : {}),
    ...(values.priorityFee === undefined ? {} : { suggestedTip: values.priorityFee }),
    ...(values.disableMinPriorityFee === true ? { suggestedTip: 0n } : {}),
    ...(values.disableCodeSizeLimit === true ? { codeSizeLimit: Number.POSITIVE_INFINITY } : {}),
    ...(values.coinbase === undefined ? {} : { coinbase: new Address(bytesFromHex(values.coinbase)) }),
    ...(values.keystore === undefined ? {} : { keystore: keystoreFrom(values.keystore, values.password) }),
    ...(values.init === undefined ? {} : { genesis: genesisFrom(values.init) }),
  };
}

/** Without what is undefined. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** What requests that run code may cost. */
export const chainLimitsFrom = (values: SettingValues): Partial<ChainLimits> =>
  given({
    callTimeoutMs: values.callTimeout,
    callGasCap: values.callGasCap,
    traceLimitBytes: values.traceLimit,
    accountTransactionLimit: values.accountTxLimit,
  });

/** What requests may cost. */
export const rpcLimitsFrom = (values: SettingValues): Partial<RpcLimits> =>
  given({
    maxBatch: values.maxBatch,
    maxResponseBytes: values.maxResponse,
    maxLogs: values.maxLogs,
    maxLogRange: values.maxLogRange,
    maxFilters: values.maxFilters,
    maxSubscriptions: values.maxSubscriptions,
  });

/** What clients may send. */
const transportLimitsFrom = ({ maxBody, maxBodyBytes, noRequestSizeLimit, rateLimit }: SettingValues) =>
  given({
    maxBodyBytes: noRequestSizeLimit === true ? constants.MAX_STRING_LENGTH : (maxBody ?? maxBodyBytes),
    rateLimit,
  });

function corsFrom({ noCors, allowOrigin }: SettingValues): '*' | readonly string[] {
  if (noCors === true) return [];
  return allowOrigin === undefined || allowOrigin.includes('*') ? '*' : allowOrigin;
}

const TOKEN = /^[\x21-\x7e]{16,}$/;

function authTokenFrom(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const advice = 'make one with: openssl rand -hex 32';
    throw new ConfigError(`--auth-token-file: cannot read ${file}: ${reasonFromSystem(error)}; ${advice}`, {
      cause: error,
    });
  }
  if (TOKEN.test(token)) return token;
  throw new ConfigError(`--auth-token-file: expected one line of 16 characters or more without spaces in ${file}`);
}

/** What a server is started with. */
function serverFrom(values: SettingValues): Exclude<NodeOptions['server'], false | undefined> {
  const { http, ws } = values.rpcNamespaces ?? {};
  return {
    ...{ host: values.host ?? '127.0.0.1', port: values.port ?? 8545, ...liveServerFrom(values) },
    ...(values.authTokenFile === undefined ? {} : { authToken: authTokenFrom(values.authTokenFile) }),
    ...(values.compressAbove === undefined ? {} : { compressAbove: values.compressAbove }),
    ...(http === undefined && ws === undefined ? {} : { namespaces: given({ http, ws }) }),
  };
}

function ipcFrom({ ipc, rpcNamespaces }: SettingValues): Pick<NodeOptions, 'ipc'> {
  if (ipc === undefined) return {};
  return { ipc: { path: ipc, ...(rpcNamespaces?.ipc === undefined ? {} : { namespaces: rpcNamespaces.ipc }) } };
}

/** What a server can change while it runs. */
export function liveServerFrom(values: SettingValues): LiveServerOptions {
  return {
    cors: corsFrom(values),
    ...(values.allowedHosts === undefined ? {} : { allowedHosts: values.allowedHosts }),
    ...transportLimitsFrom(values),
  };
}

/** Files of the state. */
function stateFrom(values: SettingValues): Pick<NodeOptions, 'state'> {
  const { state: file, loadState: load, dumpState: dump, stateInterval: intervalMs, preserveHistoricalStates } = values;
  const state = given({ file, load, dump, intervalMs, preserveHistoricalStates });
  return file === undefined && load === undefined && dump === undefined ? {} : { state };
}

/**
 * Turns settings into what {@link createNode} takes; reads the files they name.
 * @throws ConfigError for a file that cannot be read or is not what it should be.
 */
export function nodeOptionsFromSettings(values: SettingValues): NodeOptions {
  return {
    chain: chainFrom(values),
    server: serverFrom(values),
    ...ipcFrom(values),
    ...stateFrom(values),
    ...(values.metrics === undefined ? {} : { metrics: values.metrics }),
    ...(values.metricsPort === undefined ? {} : { metrics: { port: values.metricsPort } }),
    ...(values.readyMaxHeadAge === undefined ? {} : { readyMaxHeadAgeMs: values.readyMaxHeadAge }),
    ...rpcLimitsFrom(values),
    ...(values.clientVersion === undefined ? {} : { clientVersion: values.clientVersion }),
    ...(values.errorStyle === undefined ? {} : { errorStyle: values.errorStyle }),
    ...(values.throwOnFailure === undefined ? {} : { throwOnFailure: values.throwOnFailure }),
    ...(values.intervalUnit === undefined ? {} : { intervalUnit: values.intervalUnit }),
    ...(values.importBlocks === undefined ? {} : { importBlocks: values.importBlocks }),
  };
}
