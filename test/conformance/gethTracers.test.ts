import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Block, createBlockHeader } from '@ethereumjs/block';
import type { Common, CustomCrypto } from '@ethereumjs/common';
import { createTxFromRLP } from '@ethereumjs/tx';
import {
  Account,
  Address,
  createAddressFromString,
  hexToBytes,
  type PrefixedHexString,
  setLengthLeft,
} from '@ethereumjs/util';
import type { GethGenesis, TraceOptions, TraceResult } from '@minichain/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { memoryNodes } from '../../packages/core/src/chain.fixture.ts';
import { loadCrypto } from '../../packages/core/src/crypto/crypto.ts';
import { createMachines } from '../../packages/core/src/execution/engine/createMachines.ts';
import type { Engine } from '../../packages/core/src/execution/engine/engine.ts';
import type { TransactionRun } from '../../packages/core/src/execution/engine/machine.ts';
import { viewOf } from '../../packages/core/src/execution/tracing/replay.ts';
import { TraceBudget } from '../../packages/core/src/execution/tracing/traceBudget.ts';
import { openTracer } from '../../packages/core/src/execution/tracing/tracers.ts';
import { createHardforks } from '../../packages/core/src/hardforks/createHardforks.ts';
import { createStateStore, type OpenState, type StateStore } from '../../packages/core/src/state/stateStore.ts';
import { traceView } from '../../packages/rpc/src/views/trace.ts';
import { differences } from '../support/differences.ts';
import { describeWithFixtures, filesBelow } from '../support/fixtures.ts';

/** A transaction on a pre-state in an environment, and what geth's tracer says of it. */
interface Fixture {
  readonly genesis: GethGenesis;
  readonly context: {
    readonly number: string;
    readonly difficulty: string;
    readonly timestamp: string;
    readonly gasLimit: string;
    readonly miner: string;
    readonly mixHash?: string;
    readonly baseFeePerGas?: string;
  };
  readonly input: string;
  readonly tracerConfig?: NonNullable<TraceOptions['tracerConfig']>;
  readonly result: unknown;
}

const EMPTY_ROOT = hexToBytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
const bytes = (hex: string): Uint8Array => hexToBytes((hex.startsWith('0x') ? hex : `0x${hex}`) as PrefixedHexString);

async function writePreState(state: OpenState, { alloc }: GethGenesis): Promise<Uint8Array> {
  for (const [hex, { balance = '0', nonce = 0, code = '0x', storage = {} }] of Object.entries(alloc)) {
    const address = createAddressFromString(hex);
    await state.manager.putAccount(address, new Account(BigInt(nonce), BigInt(balance)));
    if (code !== '0x') await state.manager.putCode(address, bytes(code));
    for (const [slot, value] of Object.entries(storage)) {
      await state.manager.putStorage(address, setLengthLeft(bytes(slot), 32), bytes(value));
    }
  }
  return state.flush();
}

function environmentOf({ context, genesis }: Fixture, common: Common): Block {
  const excess = genesis.excessBlobGas === undefined ? 0n : BigInt(genesis.excessBlobGas);
  const header = createBlockHeader(
    {
      number: BigInt(context.number),
      timestamp: BigInt(context.timestamp),
      difficulty: common.gteHardfork('paris') ? 0n : BigInt(context.difficulty),
      gasLimit: BigInt(context.gasLimit),
      coinbase: createAddressFromString(context.miner),
      ...(context.mixHash === undefined ? {} : { mixHash: bytes(context.mixHash) }),
      ...(common.isActivatedEIP(1559) ? { baseFeePerGas: BigInt(context.baseFeePerGas ?? 0) } : {}),
      ...(common.isActivatedEIP(4844) ? { excessBlobGas: excess, blobGasUsed: 0n } : {}),
    },
    { common, freeze: false },
  );
  return new Block(header, [], [], common.isActivatedEIP(4895) ? [] : undefined, { common, freeze: false });
}

const BLOCK_FORKS = [
  ...['homesteadBlock', 'eip150Block', 'eip155Block', 'byzantiumBlock', 'constantinopleBlock', 'petersburgBlock'],
  ...['istanbulBlock', 'muirGlacierBlock', 'berlinBlock', 'londonBlock', 'arrowGlacierBlock', 'grayGlacierBlock'],
];

/** geth's tracer tests never ask whether the forks are in order, and one fixture's are not: a fork brings those before it. */
function inOrder(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ordered: Record<string, unknown> = { ...config };
  let next = Number.POSITIVE_INFINITY;
  for (const key of [...BLOCK_FORKS].reverse()) {
    if (typeof ordered[key] !== 'number') continue;
    next = Math.min(next, ordered[key]);
    ordered[key] = next;
  }
  return ordered;
}

interface Setting {
  readonly fixture: Fixture;
  readonly state: OpenState;
  readonly stateStore: StateStore;
  readonly common: Common;
}

const viewOfTrace = async (result: TraceResult): Promise<unknown> =>
  JSON.parse(JSON.stringify(await traceView(result)));

async function open(fixture: Fixture, customCrypto: CustomCrypto): Promise<Setting> {
  const { genesis, context } = fixture;
  const hardforks = createHardforks({
    chainId: BigInt(genesis.config['chainId'] as number),
    hardfork: 'latest',
    genesis: { ...genesis, config: inOrder(genesis.config) },
    customCrypto,
    limits: { codeSizeLimit: undefined, transactionGasCap: true },
  });
  const common = hardforks.callCommonAt(BigInt(context.number), BigInt(context.timestamp));
  const stateStore = createStateStore(memoryNodes());
  const state = stateStore.open(await writePreState(stateStore.open(EMPTY_ROOT), genesis));
  return { fixture, state, stateStore, common };
}

function runOf({ fixture, common }: Setting): TransactionRun {
  const tx = createTxFromRLP(bytes(fixture.input), { common });
  const { header } = environmentOf(fixture, common);
  return { fields: tx, typed: () => tx, sender: tx.getSenderAddress(), header, gasUsedBefore: 0n, anyNonce: true };
}

/** @returns undefined where the engine cannot tell, and EthereumJS is asked. */
async function trace(setting: Setting, tracer: string, engine: Engine): Promise<unknown> {
  const { state, stateStore, common, fixture } = setting;
  const machines = createMachines({ engine, stateStore });
  const machine = await machines.open({ state, common, blockHash: () => undefined });
  const run = runOf(setting);
  const subject = {
    budget: new TraceBudget(0),
    tx: run.typed,
    gasLimit: run.fields.gasLimit,
    sender: run.sender,
    ...{ header: run.header, coinbase: run.header.coinbase },
    view: () => viewOf(machine),
    isPrecompile: (address: Uint8Array) => machine.isPrecompile(new Address(address)),
  };
  const { tracerConfig = {} } = fixture;
  const observer = await openTracer(subject, { tracer, tracerConfig });
  const result = await observer.finish(await machine.run({ ...run, observer }));
  return result === undefined ? undefined : viewOfTrace(result);
}

/** The older fixtures leave out the index of a log where it is 0; geth reads it so. */
function withIndexes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIndexes);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withIndexes(member)]));
  return 'topics' in copy && !('index' in copy) ? { ...copy, index: '0x0' } : copy;
}

/** What geth compares of the older call tracer: addresses in any case, and no input where nothing can be sent. */
function inLowerCase(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('0x') ? value.toLowerCase() : value;
  if (Array.isArray(value)) return value.map(inLowerCase);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(
    ([key]) => !('type' in value && value.type === 'SELFDESTRUCT' && key === 'input'),
  );
  return Object.fromEntries(members.map(([key, member]) => [key, inLowerCase(member)]));
}

interface FlatFixture {
  readonly type: string;
  readonly action: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>> | null;
  readonly error?: string;
}

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  call: ['callType', 'from', 'gas', 'input', 'to', 'value'],
  create: ['creationMethod', 'from', 'gas', 'init', 'value'],
  suicide: ['address', 'balance', 'refundAddress'],
};

/** Where a transaction stands is not in the fixtures, and nothing is written in several ways: by nulls, empty objects, not at all. */
function withoutPlaces(traces: unknown): unknown {
  return (traces as FlatFixture[]).map(({ type, action, result, error, ...rest }) => {
    const fields = (ACTIONS[type] as readonly string[]).map((name) => [
      name,
      action[name] ?? (name === 'input' ? '0x' : undefined),
    ]);
    const {
      blockHash: _,
      blockNumber: __,
      transactionHash: ___,
      transactionPosition: ____,
      ...place
    } = rest as Record<string, unknown>;
    const isFailed = error !== undefined && !/revert/i.test(error);
    const kept = Object.entries(result ?? {}).filter(
      ([name, value]) => value != null && (type === 'create' || name !== 'address'),
    );
    const hasResult = !isFailed && type !== 'suicide';
    return {
      ...{ type, ...place, action: Object.fromEntries(fields) },
      ...(error === undefined ? {} : { error: error.replace(/^out of gas: .*/, 'out of gas') }),
      ...(hasResult ? { result: { ...(type === 'call' ? { output: '0x' } : {}), ...Object.fromEntries(kept) } } : {}),
    };
  });
}

describeWithFixtures('geth’s fixtures of its built-in tracers', 'gethTracers', (root) => {
  let customCrypto: CustomCrypto;
  beforeAll(async () => {
    customCrypto = await loadCrypto();
  });

  describe.each([
    ['call_tracer', 'callTracer'],
    ['call_tracer_withLog', 'callTracer'],
    ['call_tracer_flat', 'flatCallTracer'],
    ['prestate_tracer', 'prestateTracer'],
    ['prestate_tracer_with_diff_mode', 'prestateTracer'],
    ['call_tracer_legacy', 'callTracerLegacy'],
    ['prestate_tracer_legacy', 'prestateTracerLegacy'],
  ])('%s', (folder, tracer) => {
    it.each(filesBelow(join(root, 'testdata', folder), '.json').map((file) => [basename(file), file]))(
      '%s',
      async (_, file) => {
        const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
        const told = tracer === 'callTracerLegacy' ? inLowerCase(fixture.result) : fixture.result;
        const expected = withIndexes(tracer === 'flatCallTracer' ? withoutPlaces(told) : told);
        // An account that is empty is nowhere since EIP-161, but in these; EthereumJS lets it be.
        const hasEmpty = Object.values(fixture.genesis.alloc).some(
          ({ balance = '0', nonce = 0, code = '0x' }) =>
            BigInt(balance) === 0n && BigInt(nonce) === 0n && code === '0x',
        );
        const engines: readonly Engine[] = hasEmpty
          ? ['ethereumjs', 'core', 'jit']
          : ['ethereumjs', 'core', 'jit', 'verify'];
        for (const engine of engines) {
          const ours = await trace(await open(fixture, customCrypto), tracer, engine);
          if (engine === 'ethereumjs') expect(ours).toBeDefined();
          if (ours !== undefined) expect(differences(expected, ours).join('\n'), engine).toBe('');
        }
      },
    );
  });
});
