import { type Block, createBlock, type HeaderData } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import {
  Account,
  Address,
  bigIntToUnpaddedBytes,
  bytesToBigInt,
  createAddressFromString,
  hexToBytes,
  type PrefixedHexString,
  setLengthLeft,
} from '@ethereumjs/util';
import type { OwnedAccount } from '../accounts/mnemonic.ts';
import type { GethGenesis, ResolvedChainOptions } from '../chainOptions.ts';
import type { Hardforks } from '../contract.ts';
import { hardforkError } from '../hardforks/faults.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { BlockStore } from './blockStore.ts';
import type { ExecutedBlock } from './executedBlock.ts';
import { CREATE2_DEPLOYER, type Predeploy, SYSTEM_CONTRACTS } from './predeploys.ts';

interface GenesisModules {
  readonly hardforks: Hardforks;
  readonly stateStore: StateStore;
  readonly owned: readonly OwnedAccount[];
}

interface GenesisAccount {
  readonly address: Address;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly storage: readonly (readonly [Uint8Array, Uint8Array])[];
}

const ZERO_ROOT = hexToBytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
const invalid = (detail: string) => hardforkError({ code: 'GENESIS_INVALID', detail });

function bigIntFrom(value: string | number | null | undefined, name: string): bigint | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    return BigInt(value === '0x' ? 0 : value);
  } catch {
    throw invalid(`${name} must be a number, decimal or 0x-hex, got "${value}"`);
  }
}

const withPrefix = (hex: string): PrefixedHexString => (hex.startsWith('0x') ? hex : `0x${hex}`) as PrefixedHexString;

function bytesFrom(hex: string | undefined, name: string, length?: number): Uint8Array {
  const text = withPrefix(String(hex ?? '0x'));
  if (!/^0x([0-9a-fA-F]{2})*$/.test(text)) throw invalid(`${name} must be 0x-hex bytes, got "${hex}"`);
  const bytes = hexToBytes(text);
  return length === undefined ? bytes : setLengthLeft(bytes, length);
}

/** A slot or its value, 32 bytes: short forms such as 0x1 are filled with zeros on the left. */
function wordFrom(hex: string, name: string): Uint8Array {
  const digits = String(hex).replace(/^0x/, '');
  if (digits.length > 64) throw invalid(`${name} must be at most 32 bytes, got "${hex}"`);
  return bytesFrom(digits.padStart(64, '0'), name);
}

function accountsFromAlloc(genesis: GethGenesis): GenesisAccount[] {
  return Object.entries(genesis.alloc ?? {}).map(([hex, entry]) => {
    const name = `alloc.${hex}`;
    const address = bytesFrom(hex, name);
    if (address.length !== 20) throw invalid(`${name} must be a 20-byte address`);
    if (typeof entry !== 'object' || entry === null) throw invalid(`${name} must be an object`);
    return {
      address: new Address(address),
      balance: bigIntFrom(entry.balance, `${name}.balance`) ?? 0n,
      nonce: bigIntFrom(entry.nonce, `${name}.nonce`) ?? 0n,
      code: bytesFrom(entry.code, `${name}.code`),
      storage: Object.entries(entry.storage ?? {}).map(([slot, value]) => [
        wordFrom(slot, `${name}.storage key`),
        wordFrom(value, `${name}.storage value`),
      ]),
    };
  });
}

function fromPredeploy({ address, code, nonce }: Predeploy): GenesisAccount {
  return { address: createAddressFromString(address), balance: 0n, nonce, code: hexToBytes(code), storage: [] };
}

/**
 * @param last of the newest fork that the chain gets: what that needs is there from the start, as
 * on networks whose genesis knows of their forks.
 */
function genesisAccounts(options: ResolvedChainOptions, owned: readonly OwnedAccount[], last: Common) {
  const accounts: GenesisAccount[] = options.genesis === undefined ? [] : accountsFromAlloc(options.genesis);
  const taken = new Set(accounts.map(({ address }) => address.toString()));
  const add = (account: GenesisAccount) => {
    if (!taken.has(account.address.toString())) accounts.push(account);
  };
  if (options.genesis === undefined) {
    for (const predeploy of SYSTEM_CONTRACTS) {
      if (options.systemContracts && last.isActivatedEIP(predeploy.eip)) add(fromPredeploy(predeploy));
    }
    // The proxy's code was deployed by a pre-EIP-155 transaction and runs under every fork from Constantinople (CREATE2).
    if (options.create2Deployer && last.gteHardfork(Hardfork.Constantinople)) add(fromPredeploy(CREATE2_DEPLOYER));
    for (const { address } of owned) {
      add({ address, balance: options.accounts.balance, nonce: 0n, code: new Uint8Array(), storage: [] });
    }
  }
  return accounts;
}

async function writeState(accounts: readonly GenesisAccount[], stateStore: StateStore) {
  const state = stateStore.open(ZERO_ROOT);
  for (const { address, balance, nonce, code, storage } of accounts) {
    await state.manager.putAccount(address, new Account(nonce, balance));
    if (code.length > 0) await state.manager.putCode(address, code);
    for (const [slot, value] of storage) {
      if (bytesToBigInt(value) !== 0n) await state.manager.putStorage(address, slot, value);
    }
  }
  return state.flush();
}

/** Header fields that a fork brought; a genesis header must carry them from that fork on, and none of them before. */
function forkFields(options: ResolvedChainOptions, common: Common): HeaderData {
  const genesis = options.genesis;
  const fields: HeaderData = {};
  if (common.isActivatedEIP(1559)) {
    fields.baseFeePerGas = bigIntFrom(genesis?.baseFeePerGas, 'baseFeePerGas') ?? options.baseFee;
  }
  if (common.isActivatedEIP(4895)) fields.withdrawalsRoot = ZERO_ROOT;
  if (common.isActivatedEIP(4844)) {
    fields.blobGasUsed = bigIntFrom(genesis?.blobGasUsed, 'blobGasUsed') ?? 0n;
    fields.excessBlobGas = bigIntFrom(genesis?.excessBlobGas, 'excessBlobGas') ?? 0n;
  }
  if (common.isActivatedEIP(4788)) fields.parentBeaconBlockRoot = new Uint8Array(32);
  // SHA-256 of nothing: no requests (EIP-7685).
  if (common.isActivatedEIP(7685)) {
    fields.requestsHash = hexToBytes('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  }
  return fields;
}

function genesisHeader(options: ResolvedChainOptions, stateRoot: Uint8Array, common: Common): HeaderData {
  const { genesis } = options;
  const isMerged = common.gteHardfork(Hardfork.Paris);
  return {
    number: 0n,
    stateRoot,
    timestamp: options.timestamp,
    gasLimit: bigIntFrom(genesis?.gasLimit, 'gasLimit') ?? options.gasLimit,
    difficulty: isMerged ? 0n : (bigIntFrom(genesis?.difficulty, 'difficulty') ?? 1n),
    extraData: bytesFrom(genesis?.extraData, 'extraData'),
    nonce: setLengthLeft(bigIntToUnpaddedBytes(bigIntFrom(genesis?.nonce, 'nonce') ?? 0n), 8),
    mixHash: bytesFrom(genesis?.mixHash, 'mixHash', 32),
    coinbase:
      genesis?.coinbase === undefined
        ? new Address(new Uint8Array(20))
        : new Address(bytesFrom(genesis.coinbase, 'coinbase', 20)),
    ...forkFields(options, common),
  };
}

/**
 * Block 0: dev accounts and system contracts, or what a geth genesis says.
 * @throws HardforkError GENESIS_INVALID naming the field.
 */
export async function createGenesis(options: ResolvedChainOptions, modules: GenesisModules): Promise<ExecutedBlock> {
  const common = modules.hardforks.commonAt(0n, options.timestamp);
  // An account without anything is not in the trie (EIP-161).
  const owned = options.accounts.balance === 0n ? [] : modules.owned;
  const newest = modules.hardforks.schedule.at(-1)?.name ?? common.hardfork();
  const last = modules.hardforks.commonOf(newest, common.chainId());
  const accounts = genesisAccounts(options, owned, last);
  const stateRoot = await writeState(accounts, modules.stateStore);
  const header = genesisHeader(options, stateRoot, common);
  const withdrawals = common.isActivatedEIP(4895) ? { withdrawals: [] } : {};
  const block: Block = createBlock({ header, ...withdrawals }, { common, freeze: false });
  return { block, hash: block.hash(), receipts: [], senders: [], activity: [], stateRoot };
}

/** The genesis of a new database, or the one that it holds. */
export async function openGenesis(options: ResolvedChainOptions, modules: GenesisModules & { blocks: BlockStore }) {
  const { blocks } = modules;
  const own = blocks.ownGenesis;
  const known = own === undefined ? blocks.canonicalAt(0n) : blocks.get(own);
  const head = blocks.head;
  if (known !== undefined && head !== undefined) return { genesis: known, head: blocks.get(head) as ExecutedBlock };
  const genesis = await createGenesis(options, modules);
  blocks.put(genesis);
  blocks.addCanonical(genesis);
  blocks.putHead(genesis.hash);
  return { genesis, head: genesis };
}
