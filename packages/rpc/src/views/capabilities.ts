import type { ExecutedBlock } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity, type RpcCapabilities } from '@minichain/protocol';

/** `eth_capabilities`: the head, and how far back each kind of data reaches: this node keeps all of it from genesis on. */
export function capabilitiesView(head: ExecutedBlock): RpcCapabilities {
  const whole = { disabled: false, oldestBlock: quantity(0) };
  return {
    head: { number: quantity(head.block.header.number), hash: hex(head.hash) },
    state: whole,
    tx: whole,
    logs: whole,
    receipts: whole,
    blocks: whole,
    stateproofs: whole,
  };
}
