import type { Address, WithdrawalInput } from '@minichain/core';
import type { RpcPayloadAttributes } from '@minichain/protocol';
import { type Codec, CodecError, list } from './codec.ts';
import { fields, withdrawal } from './overrides.ts';
import { address, bytes32, quantity } from './scalars.ts';

/** What the Engine API tells a block builder. */
export interface PayloadAttributes {
  readonly timestamp: bigint;
  readonly prevRandao: Uint8Array;
  readonly coinbase: Address;
  readonly withdrawals?: readonly WithdrawalInput[];
  readonly parentBeaconBlockRoot?: Uint8Array;
}

const REQUIRED = { timestamp: 'timestamp', prevRandao: 'prevRandao', coinbase: 'suggestedFeeRecipient' } as const;

export const payloadAttributes: Codec<PayloadAttributes, RpcPayloadAttributes> = {
  expected: 'payload attributes { timestamp, prevRandao, suggestedFeeRecipient, withdrawals, parentBeaconBlockRoot }',
  decode: (value) => {
    const found = fields(value, payloadAttributes.expected, {
      timestamp: ['timestamp', quantity],
      prevRandao: ['prevRandao', bytes32],
      suggestedFeeRecipient: ['coinbase', address],
      withdrawals: ['withdrawals', list(withdrawal)],
      parentBeaconBlockRoot: ['parentBeaconBlockRoot', bytes32],
    });
    for (const [name, wire] of Object.entries(REQUIRED)) {
      if (found[name] === undefined) throw new CodecError('expected a value, got none', `.${wire}`);
    }
    return found as unknown as PayloadAttributes;
  },
};
