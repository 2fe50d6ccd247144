import { createHash } from 'node:crypto';
import { type Common, Hardfork } from '@ethereumjs/common';
import { createEVM, type EVM } from '@ethereumjs/evm';
import { SimpleStateManager } from '@ethereumjs/statemanager';
import { Account, Address, bytesToHex, bytesToUnprefixedHex, KECCAK256_NULL, setLengthLeft } from '@ethereumjs/util';
import { Core, type CoreStateReader, type StateChanges, type UnitCompiler } from '../src/index.ts';
import { type Scenario, SENDER, SENDER_BALANCE } from './scenario.ts';

/** What a run came to, as text that two machines must agree on. */
export interface Outcome {
  readonly status: string;
  readonly gasUsed: bigint;
  readonly output: string;
  readonly refund: bigint;
  readonly logs: readonly string[];
  /** Of every account and slot that either machine may have changed. */
  readonly state: Readonly<Record<string, string>>;
}

const word = (n: number): Uint8Array => setLengthLeft(Uint8Array.from([n]), 32);
const COINBASE = Uint8Array.from({ length: 20 }, () => 0xbb);
const RANDAO = Uint8Array.from({ length: 32 }, (_, i) => i);
const BLOCK = { number: 20n, timestamp: 1_000n, gasLimit: 30_000_000n, baseFee: 7n };
const GAS_PRICE = 10n;

/** Three classes: which of the ways to fail a machine names first is its own business. */
function classOf(failure: string | undefined): string {
  if (failure === undefined || failure === 'success') return 'success';
  return failure === 'revert' ? 'revert' : 'halt';
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
const hexOf = (bytes: Uint8Array): string => (isZero(bytes) ? '0' : bytesToHex(bytes).replace(/^0x0*/, ''));

export type CodeHash = (code: Uint8Array) => Uint8Array;

function sha256(input: Uint8Array, gas: bigint) {
  const gasUsed = 60n + 12n * BigInt(Math.ceil(input.length / 32));
  if (gasUsed > gas) return undefined;
  return { gasUsed, output: new Uint8Array(createHash('sha256').update(input).digest()) };
}

function readerOf(scenario: Scenario, hash: CodeHash): CoreStateReader {
  const accounts = new Map(scenario.contracts.map((contract) => [bytesToHex(contract.address), contract]));
  const codes = new Map(scenario.contracts.map(({ code }) => [bytesToHex(hash(code)), code]));
  const slots = new Map(scenario.storage.map(([slot, value]) => [bytesToHex(word(slot)), Uint8Array.from([value])]));
  return {
    account: (address) => {
      const hex = bytesToHex(address);
      if (hex === bytesToHex(SENDER))
        return { nonce: 1n, balance: SENDER_BALANCE, codeHash: KECCAK256_NULL, hasStorage: false };
      const found = accounts.get(hex);
      if (found === undefined) return undefined;
      return { nonce: 1n, balance: found.balance, codeHash: hash(found.code), hasStorage: slots.size > 0 };
    },
    slot: (address, key) => {
      const isKnown = accounts.has(bytesToHex(address));
      return (isKnown ? slots.get(bytesToHex(key)) : undefined) ?? new Uint8Array();
    },
    code: (codeHash) => codes.get(bytesToHex(codeHash)) ?? new Uint8Array(),
    blockHash: (number) => word(Number(number) + 1),
  };
}

function stateFrom(changes: StateChanges): Record<string, string> {
  const state: Record<string, string> = {};
  for (const { address, account, slots } of changes.accounts) {
    const hex = bytesToHex(address);
    state[hex] = account === undefined ? '-' : `${account.nonce} ${account.balance} ${bytesToHex(account.codeHash)}`;
    for (const { key, value } of slots) state[`${hex} ${hexOf(key)}`] = hexOf(value);
  }
  return state;
}

/** One core for many scenarios: what it keeps from one must not show in the next. */
export function coreRunner(
  common: Common,
  hash: CodeHash,
  prepare: (core: Core) => void = () => {},
  compiler?: UnitCompiler,
) {
  const core = new Core({ common, precompile: (address) => (address === 2 ? sha256 : undefined), compiler });
  prepare(core);
  return (scenario: Scenario): Outcome => {
    core.open(readerOf(scenario, hash));
    const random = common.gteHardfork(Hardfork.Paris) ? { prevRandao: RANDAO } : { difficulty: 0n };
    core.setBlock({ ...BLOCK, ...random, coinbase: COINBASE, chainId: common.chainId() });
    core.beginTransaction({ origin: SENDER, gasPrice: GAS_PRICE });
    // EthereumJS counts a message that nobody called for as its sender's transaction.
    core.setNonce(SENDER, 2n);
    const [first] = scenario.contracts;
    core.warmAddress(SENDER);
    core.warmAddress(first?.address as Uint8Array);
    const message = { caller: SENDER, to: first?.address, value: scenario.value, data: scenario.data };
    const result = core.run({ ...message, gas: scenario.gas });
    if ('why' in result) throw new TypeError(`suspended: ${result.why}`);
    const logs = core.logs().map(({ address, topics, data }) => [address, ...topics, data].map(bytesToHex).join(' '));
    return {
      status: classOf(result.status),
      gasUsed: scenario.gas - result.gasLeft,
      output: bytesToHex(result.output),
      refund: result.refund,
      logs: result.status === 'success' ? logs : [],
      state: stateFrom(core.takeChanges()),
    };
  };
}

async function stateOf(scenario: Scenario, common: Common): Promise<SimpleStateManager> {
  const state = new SimpleStateManager({ common });
  await state.putAccount(new Address(SENDER), new Account(1n, SENDER_BALANCE));
  for (const { address, code, balance } of scenario.contracts) {
    const at = new Address(address);
    await state.putAccount(at, new Account(1n, balance));
    await state.putCode(at, code);
    for (const [slot, value] of scenario.storage) await state.putStorage(at, word(slot), Uint8Array.from([value]));
  }
  return state;
}

/** Reads what the keys of another outcome's state name. */
async function readState(state: SimpleStateManager, keys: readonly string[]): Promise<Record<string, string>> {
  const read: Record<string, string> = {};
  for (const key of keys) {
    const [address = '', slot] = key.split(' ');
    const at = new Address(Uint8Array.from(Buffer.from(address.slice(2), 'hex')));
    if (slot !== undefined) {
      const bytes = setLengthLeft(Uint8Array.from(Buffer.from(slot.padStart(64, '0'), 'hex')), 32);
      read[key] = hexOf(await state.getStorage(at, bytes));
      continue;
    }
    const account = await state.getAccount(at);
    read[key] = account === undefined ? '-' : `${account.nonce} ${account.balance} ${bytesToHex(account.codeHash)}`;
  }
  return read;
}

/** EthereumJS's machine on the same scenario. `keys`: what to read of its state afterwards. */
export async function oracleRun(
  scenario: Scenario,
  common: Common,
  options: { keys: readonly string[]; prepare?: (evm: EVM) => void },
): Promise<Outcome> {
  const stateManager = await stateOf(scenario, common);
  const blockchain = {
    getBlock: async (number: unknown) => ({ hash: () => word(Number(number) + 1) }),
    putBlock: async () => {},
    shallowCopy: () => blockchain,
  };
  const evm = await createEVM({ common, stateManager, blockchain: blockchain as never });
  options.prepare?.(evm);
  const [first] = scenario.contracts;
  const header = {
    ...BLOCK,
    coinbase: new Address(COINBASE),
    prevRandao: RANDAO,
    difficulty: 0n,
    baseFeePerGas: BLOCK.baseFee,
    getBlobGasPrice: () => 0n,
  };
  // As a transaction does.
  for (const address of [SENDER, first?.address as Uint8Array])
    evm.journal.addAlwaysWarmAddress(bytesToUnprefixedHex(address));
  for (const address of evm.precompiles.keys()) evm.journal.addAlwaysWarmAddress(address);
  const { execResult } = await evm.runCall({
    caller: new Address(SENDER),
    origin: new Address(SENDER),
    to: new Address(first?.address as Uint8Array),
    value: scenario.value,
    data: scenario.data,
    gasLimit: scenario.gas,
    gasPrice: GAS_PRICE,
    block: { header, common } as never,
  });
  const failure = execResult.exceptionError?.error;
  const logs = (execResult.logs ?? []).map(([address, topics, data]) =>
    [address, ...topics, data].map(bytesToHex).join(' '),
  );
  return {
    status: classOf(failure),
    gasUsed: execResult.executionGasUsed,
    output: bytesToHex(execResult.returnValue),
    refund: execResult.gasRefund ?? 0n,
    logs: failure === undefined ? logs : [],
    state: await readState(stateManager, options.keys),
  };
}
