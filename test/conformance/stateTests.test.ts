import { join } from 'node:path';
import { createBlock } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import { createTxFromRLP } from '@ethereumjs/tx';
import {
  Account,
  bytesToHex,
  createAddressFromString,
  hexToBytes,
  type PrefixedHexString,
  setLengthLeft,
} from '@ethereumjs/util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExecutedBlock } from '../../packages/core/src/blocks/executedBlock.ts';
import { memoryNodes } from '../../packages/core/src/chain.fixture.ts';
import { loadCrypto } from '../../packages/core/src/crypto/crypto.ts';
import { keccak256 } from '../../packages/core/src/crypto/keccak.ts';
import { createMachines } from '../../packages/core/src/execution/engine/createMachines.ts';
import type { Engine } from '../../packages/core/src/execution/engine/engine.ts';
import { createHardforks } from '../../packages/core/src/hardforks/createHardforks.ts';
import { buildPayload, type Payload } from '../../packages/core/src/mining/payload.ts';
import { OrderedTransactions } from '../../packages/core/src/pool/order.ts';
import { createStateStore, type StateStore } from '../../packages/core/src/state/stateStore.ts';
import { decodeTransaction } from '../../packages/core/src/transactions/decode.ts';
import { describeWithFixtures } from '../support/fixtures.ts';
import { type StateCase, stateCases } from './stateFixtures.ts';
import { casesOn, casesPerFile, compiling, engines, type Fork, forks } from './subset.ts';

const EMPTY_ROOT = hexToBytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');

const bytes = (hex: string): Uint8Array => hexToBytes(hex as PrefixedHexString);
const word = (hex: string): Uint8Array => bytes(`0x${BigInt(hex).toString(16).padStart(64, '0')}`);

async function writePreState(stateStore: StateStore, pre: StateCase['pre']): Promise<Uint8Array> {
  const state = stateStore.open(EMPTY_ROOT);
  for (const [hex, { nonce, balance, code, storage }] of Object.entries(pre)) {
    const address = createAddressFromString(hex);
    await state.manager.putAccount(address, new Account(BigInt(nonce), BigInt(balance)));
    if (code !== '0x') await state.manager.putCode(address, bytes(code));
    for (const [slot, value] of Object.entries(storage)) {
      const trimmed = word(value);
      await state.manager.putStorage(address, word(slot), trimmed.subarray(trimmed.findIndex((byte) => byte !== 0)));
    }
  }
  return state.flush();
}

/** A parent from whose header the block builder derives the environment of the fixture. */
function parentOf(stateRoot: Uint8Array, common: Common, { env }: StateCase): ExecutedBlock {
  const excess = BigInt(env.currentExcessBlobGas);
  const { targetBlobGasPerBlock } = common.getBlobGasSchedule();
  const block = createBlock(
    {
      header: {
        number: BigInt(env.currentNumber) - 1n,
        stateRoot,
        gasLimit: BigInt(env.currentGasLimit),
        baseFeePerGas: BigInt(env.currentBaseFee),
        // EIP-4844 takes the target off again.
        excessBlobGas: excess === 0n ? 0n : excess + targetBlobGasPerBlock,
        blobGasUsed: 0n,
      },
    },
    { common },
  );
  return { block, hash: block.hash(), receipts: [], senders: [], activity: [], stateRoot };
}

/** Official state tests carry blob transactions without their sidecar, as blocks do. */
function decoded(raw: Uint8Array, common: Common) {
  if (raw[0] !== 3) return decodeTransaction(raw, common);
  const tx = createTxFromRLP(raw, { common });
  return { tx, sender: tx.getSenderAddress() };
}

interface Setting {
  readonly engine: Engine;
  readonly commonOf: (fork: Fork) => Common;
}

async function runCase(stateCase: StateCase, { engine, commonOf }: Setting): Promise<Payload> {
  const { env, pre, fork, transaction } = stateCase;
  const common = commonOf(fork);
  const stateStore = createStateStore(memoryNodes());
  const root = await writePreState(stateStore, pre);
  const { tx, sender } = decoded(bytes(transaction), common);
  const pooled = { tx, sender, hash: tx.hash(), impersonated: false, order: 0 };
  return buildPayload(
    {
      parent: parentOf(root, common, stateCase),
      timestamp: BigInt(env.currentTimestamp),
      coinbase: createAddressFromString(env.currentCoinbase),
      gasLimit: BigInt(env.currentGasLimit),
      baseFee: BigInt(env.currentBaseFee),
      prevRandao: setLengthLeft(word(env.currentRandom), 32),
      extraData: new Uint8Array(),
      traceMessages: false,
    },
    new OrderedTransactions([[pooled]], 'fees', BigInt(env.currentBaseFee)),
    {
      state: stateStore.open(root),
      machines: createMachines({ engine, compiling, stateStore }),
      common,
      blockHash: () => undefined,
    },
  );
}

function logsHash({ executed }: Payload): string {
  const logs = executed.receipts.flatMap((receipt) => receipt.logs);
  return bytesToHex(keccak256(RLP.encode(logs.map(({ address, topics, data }) => [address, [...topics], data]))));
}

async function isRefused(stateCase: StateCase, setting: Setting): Promise<boolean> {
  try {
    const { executed } = await runCase(stateCase, setting);
    return executed.receipts.length === 0;
  } catch {
    return true;
  }
}

describeWithFixtures('state tests in process', 'stateTests', (root) => {
  const cases = stateCases(join(root, 'state_tests'), casesPerFile.stateTests);
  const commons = new Map<Fork, Common>();
  const commonOf = (fork: Fork) => commons.get(fork) as Common;

  beforeAll(async () => {
    const customCrypto = await loadCrypto();
    for (const fork of forks) {
      const hardforks = createHardforks({
        chainId: 1n,
        hardfork: fork.toLowerCase(),
        genesis: undefined,
        customCrypto,
        limits: { codeSizeLimit: undefined, transactionGasCap: true },
      });
      commons.set(fork, hardforks.commonAt(1n, 1000n));
    }
  });

  it('is a subset of some hundreds', () => expect(cases.length).toBeGreaterThan(500));

  describe.each(forks.flatMap((fork) => engines.map((engine) => [fork, engine] as const)))(
    '%s on %s',
    (fork, engine) => {
      const setting = { engine, commonOf };
      const ofFork = casesOn(
        engine,
        cases.filter((stateCase) => stateCase.fork === fork),
      );
      it.each(ofFork.map((stateCase) => [stateCase.name, stateCase] as const))('%s', async (_, stateCase) => {
        if (stateCase.expectException !== undefined) {
          expect(await isRefused(stateCase, setting), stateCase.expectException).toBe(true);
          return;
        }
        const payload = await runCase(stateCase, setting);
        expect(payload.refused.map(({ detail }) => detail)).toEqual([]);
        expect(bytesToHex(payload.executed.stateRoot)).toBe(stateCase.stateRoot);
        expect(logsHash(payload)).toBe(stateCase.logsHash);
      });
    },
  );
});
