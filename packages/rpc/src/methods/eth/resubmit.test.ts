import { createChain } from '@minichain/core';
import { expect, it } from 'vitest';
import { createRpc } from '../../createRpc.ts';
import { ALICE, BOB } from '../../world.vectors.ts';

it('holds conditional sends against the head that they are admitted on, not the one that was there when they came', async () => {
  const chain = await createChain();
  try {
    const rpc = createRpc({ chain, clientVersion: 'anvil/test' });
    const fields = { from: ALICE, to: BOB, nonce: '0x0', gas: '0x5208', gasPrice: '0x77359400' };
    const { raw } = (await rpc.request('eth_signTransaction', [fields])) as { raw: string };
    const [, sent] = await Promise.allSettled([
      rpc.request('evm_mine'),
      rpc.request('eth_sendRawTransactionConditional', [raw, { blockNumberMax: '0x0' }]),
    ]);
    expect(sent).toMatchObject({ status: 'rejected', reason: { code: -32003 } });
    expect(chain.chain.head.block.header.number).toBe(1n);
  } finally {
    await chain.close();
  }
});
