import { LATEST, PENDING } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { blockRef } from '../../codecs/blockRef.ts';
import { callRequest } from '../../codecs/callRequest.ts';
import { callBlockOverrides, stateOverrides } from '../../codecs/overrides.ts';
import { simulateRequest } from '../../codecs/simulatePayload.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import { simulationView } from '../../views/simulation.ts';

const tx = required('transaction', callRequest);
const at = optional('block', blockRef, LATEST);
/** Who asks for gas means to send: the next block's time and number are what the transaction will see. */
const next = optional('block', blockRef, PENDING);
const state = optional('stateOverrides', stateOverrides);
const block = optional('blockOverrides', callBlockOverrides);

type Given = Parameters<NonNullable<typeof overrides>>;

function overrides(
  accounts: ReturnType<typeof stateOverrides.decode> | undefined,
  environment: ReturnType<typeof callBlockOverrides.decode> | undefined,
) {
  return {
    ...(accounts === undefined ? {} : { state: accounts }),
    ...(environment === undefined ? {} : { block: environment }),
  };
}

/** Running code without a transaction (execution-apis `execute.yaml`). */
export const execute = {
  eth_call: method({
    params: [tx, at, state, block],
    run: (c, request, ref, ...given: Given) => c.chain.execution.call(request, ref, overrides(...given)),
    result: ({ returnData }) => hex(returnData),
  }),
  eth_estimateGas: method({
    params: [tx, next, state, block],
    run: (c, request, ref, ...given: Given) => c.chain.execution.estimateGas(request, ref, overrides(...given)),
    result: quantity,
  }),
  eth_createAccessList: method({
    params: [tx, at, state, block],
    run: (c, request, ref, ...given: Given) => c.chain.execution.createAccessList(request, ref, overrides(...given)),
    result: ({ accessList, gasUsed, error }) => ({
      accessList: accessList.map((entry) => ({ address: hex(entry.address), storageKeys: entry.storageKeys.map(hex) })),
      ...(error === undefined ? {} : { error }),
      gasUsed: quantity(gasUsed),
    }),
  }),
  eth_simulateV1: method({
    params: [required('payload', simulateRequest), at],
    run: async (c, { returnFullTransactions: full, ...payload }, ref) => ({
      blocks: await c.chain.execution.simulate(payload, ref),
      full,
    }),
    result: ({ blocks, full }) => simulationView(blocks, { full }),
  }),
} satisfies Partial<Serve>;
