import { createBlockHeader } from '@ethereumjs/block';
import { createCustomCommon, Mainnet } from '@ethereumjs/common';
import { createTx, paramsTx } from '@ethereumjs/tx';
import { describe, expect, it } from 'vitest';
import { FastCommon } from './fastCommon.ts';

describe('FastCommon', () => {
  const fast = new FastCommon({ chain: Mainnet, hardfork: 'osaka' });
  const plain = createCustomCommon({}, Mainnet, { hardfork: 'osaka' });

  it('knows every package’s parameters from the start', () => {
    expect(fast.param('txGas')).toBe(21_000n);
    expect(fast.param('blobGasPerBlob')).toBe(131_072n);
    expect(fast.param('sstoreClearRefundEIP2200Gas')).toBe(4_800n);
  });

  it('is read the same as one that learns them on the way', () => {
    plain.updateParams(paramsTx);
    for (const name of ['txGas', 'txDataZeroGas', 'maxTransactionGasLimit', 'totalCostFloorPerToken']) {
      expect(fast.param(name)).toBe(plain.param(name));
    }
  });

  it('is not made to learn them again, and what is overridden stays', () => {
    const capped = new FastCommon({ chain: Mainnet, hardfork: 'osaka' }, { 7825: { maxTransactionGasLimit: 5 } });
    createBlockHeader({}, { common: capped });
    const { common } = createTx({ gasPrice: 1n, gasLimit: 5n, to: `0x${'00'.repeat(20)}` }, { common: capped });
    expect(common.param('maxTransactionGasLimit')).toBe(5n);
    expect(capped.param('maxTransactionGasLimit')).toBe(5n);
  });
});
