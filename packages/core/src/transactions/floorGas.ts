import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';

/** EIP-7623's floor: so much for each token, 4 tokens a non-zero byte; zero before Prague. */
export function floorGasOf(tx: TypedTransaction, common: Common): bigint {
  if (!common.isActivatedEIP(7623)) return 0n;
  let tokens = 0;
  for (const byte of tx.data) tokens += byte === 0 ? 1 : 4;
  return common.param('txGas') + BigInt(tokens) * common.param('totalCostFloorPerToken');
}
