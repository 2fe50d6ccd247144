import { createChain } from '@minichain/core';
import { createRpc } from '@minichain/rpc';
import { describe, expect, it } from 'vitest';
import { startAnvil } from '../support/nodeProcess.ts';
import { Ledger } from './ledger.ts';
import type { Pair } from './pair.ts';
import { addressHistory } from './scenarios/addresses.ts';
import * as chainReads from './scenarios/chainReads.ts';
import * as control from './scenarios/control.ts';
import { defaults } from './scenarios/defaults.ts';
import * as effects from './scenarios/effects.ts';
import * as errors from './scenarios/errors.ts';
import * as execution from './scenarios/execution.ts';
import * as logs from './scenarios/logs.ts';
import * as otterscan from './scenarios/otterscan.ts';
import * as subscriptions from './scenarios/subscriptions.ts';
import * as traces from './scenarios/traces.ts';
import * as transactions from './scenarios/transactions.ts';
import { startDefaults, startPair } from './start.ts';

const scenarios: Readonly<Record<string, (pair: Pair) => Promise<void>>> = {
  addressHistory,
  ...chainReads,
  ...control,
  defaults,
  ...effects,
  ...errors,
  ...execution,
  ...logs,
  ...otterscan,
  ...subscriptions,
  ...traces,
  ...transactions,
};
const METHOD_NOT_FOUND = -32601;
/** A dump is compressed bytes, which say nothing side by side; test/compat/stateDump.test.ts carries dumps both ways. */
const COMPARED_ELSEWHERE = ['anvil_dumpState', 'anvil_loadState', 'hardhat_dumpState', 'hardhat_loadState'];
const ledger = new Ledger();
const finished = new Set<string>();

/** Methods of ours that Anvil has as well. */
async function sharedMethods(): Promise<string[]> {
  const chain = await createChain();
  const { methods } = createRpc({ chain, clientVersion: 'anvil/test' });
  await chain.close();
  const anvil = await startAnvil();
  try {
    const known = methods.map(async (method) => {
      const { error } = await anvil.rpc.send(method, []);
      return error?.code === METHOD_NOT_FOUND ? [] : [method];
    });
    return (await Promise.all(known)).flat();
  } finally {
    await anvil.close();
  }
}

describe('the same requests to Anvil and to us', () => {
  it.each(Object.keys(scenarios))('%s', async (name) => {
    ledger.scenario = name;
    const pair = await (name === 'defaults' ? startDefaults(ledger) : startPair(ledger));
    try {
      await scenarios[name]?.(pair);
    } finally {
      await pair.close();
    }
    finished.add(name);
    expect(ledger.take()).toEqual([]);
  });

  it('differ in everything that is listed', ({ skip }) => {
    if (finished.size < Object.keys(scenarios).length) skip('not every scenario came to its end');
    expect(ledger.unused().map(({ method, path, reason }) => `${method} ${path}: ${reason}`)).toEqual([]);
  });

  it('are of every method that both have', async ({ skip }) => {
    if (finished.size < Object.keys(scenarios).length) skip('not every scenario came to its end');
    expect(
      (await sharedMethods()).filter((method) => !ledger.asked.has(method) && !COMPARED_ELSEWHERE.includes(method)),
    ).toEqual([]);
  });
});
