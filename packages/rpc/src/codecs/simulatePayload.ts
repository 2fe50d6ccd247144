import type { SimulatedBlockRequest, SimulatePayload } from '@minichain/core';
import type { RpcSimulateRequest } from '@minichain/protocol';
import { callRequest } from './callRequest.ts';
import { type Codec, decodeAt, isRecord, list, mismatch } from './codec.ts';
import { blockOverrides, stateOverrides } from './overrides.ts';
import { boolean } from './scalars.ts';

/** What `eth_simulateV1` takes: the simulation, and how its blocks are to be shown. */
export interface SimulateRequest extends SimulatePayload {
  readonly returnFullTransactions: boolean;
}

const blockStateCall: Codec<SimulatedBlockRequest, RpcSimulateRequest['blockStateCalls'][number]> = {
  expected: 'an object { blockOverrides, stateOverrides, calls }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(blockStateCall.expected, value);
    const { blockOverrides: block, stateOverrides: state, calls } = value;
    return {
      ...(block == null ? {} : { blockOverrides: decodeAt(blockOverrides, block, '.blockOverrides') }),
      ...(state == null ? {} : { stateOverrides: decodeAt(stateOverrides, state, '.stateOverrides') }),
      calls: calls == null ? [] : decodeAt(list(callRequest), calls, '.calls'),
    };
  },
};

export const simulateRequest: Codec<SimulateRequest, RpcSimulateRequest> = {
  expected: 'an object { blockStateCalls, traceTransfers, validation, returnFullTransactions }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(simulateRequest.expected, value);
    const flag = (name: string): boolean => value[name] != null && decodeAt(boolean, value[name], `.${name}`);
    return {
      blockStateCalls: decodeAt(list(blockStateCall), value['blockStateCalls'] ?? [], '.blockStateCalls'),
      traceTransfers: flag('traceTransfers'),
      validation: flag('validation'),
      returnFullTransactions: flag('returnFullTransactions'),
    };
  },
};
