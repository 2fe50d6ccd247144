import type { Chain } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, RpcError, type RpcReceipt } from '@minichain/protocol';
import { callRequest } from '../../codecs/callRequest.ts';
import { count, data } from '../../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import { sent } from '../../sendFailure.ts';
import { receiptView } from '../../views/receipt.ts';
import { signedView } from '../../views/signed.ts';
import { transactionView } from '../../views/transaction.ts';

const tx = required('transaction', callRequest);
const raw = required('transaction', data);
const timeout = optional('timeoutMs', count, 2000);

/** Waits for the block that has it. @throws RpcError 4 with the hash in `data` when time runs out (EIP-7966). */
async function waitForReceipt(chain: Chain, hash: Uint8Array, timeoutMs: number): Promise<RpcReceipt> {
  const found = async () => {
    const place = await chain.chain.transaction(hash);
    return place === undefined ? undefined : receiptView(place.block, place.index);
  };
  const mined = await found();
  if (mined !== undefined) return mined;
  return new Promise((resolve, reject) => {
    const check = (): void => {
      void found().then((receipt) => {
        if (receipt !== undefined) finish(() => resolve(receipt));
      });
    };
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      chain.events.off('headChanged', check).off('closed', closed);
      settle();
    };
    const giveUp = (why: string): void => finish(() => reject(new RpcError(4, why, hex(hash))));
    const closed = (): void => giveUp('transaction was sent but the node closed before it was mined');
    const late = `transaction was sent but not mined within ${timeoutMs} ms`;
    const timer = setTimeout(() => giveUp(late), timeoutMs);
    chain.events.on('headChanged', check).on('closed', closed);
  });
}

/** Sending transactions (execution-apis `submit.yaml`, `fill.yaml`). */
export const submit = {
  eth_sendRawTransaction: method({
    params: [raw],
    run: (c, bytes) => sent(c, () => c.chain.control.submitRaw(bytes)),
    result: hex,
  }),
  eth_sendTransaction: method({
    params: [tx],
    run: (c, request) => sent(c, () => c.chain.control.submit(request)),
    result: hex,
  }),
  eth_sendUnsignedTransaction: method({
    params: [tx],
    run: (c, request) => sent(c, () => c.chain.control.submitUnsigned(request)),
    result: hex,
  }),
  eth_sendRawTransactionSync: method({
    params: [raw, timeout],
    run: async (c, bytes, ms) => waitForReceipt(c.chain, await c.chain.control.submitRaw(bytes), ms),
    result: (receipt) => receipt,
  }),
  eth_sendTransactionSync: method({
    params: [tx, timeout],
    run: async (c, request, ms) => waitForReceipt(c.chain, await c.chain.control.submit(request), ms),
    result: (receipt) => receipt,
  }),
  eth_fillTransaction: method({ params: [tx], run: (c, request) => c.chain.control.fill(request), result: signedView }),
  eth_signTransaction: method({
    params: [tx],
    run: (c, request) => {
      for (const field of ['gasLimit', 'nonce'] as const) {
        if (request[field] === undefined) {
          const wire = field === 'gasLimit' ? 'gas' : field;
          throw new RpcError(RPC_CODES.invalidParams, `params[0] (transaction): ${wire} not specified`);
        }
      }
      return c.chain.control.signTransaction(request);
    },
    result: signedView,
  }),
  eth_pendingTransactions: method({
    params: [],
    run: (c) => [...c.chain.pool.ready, ...c.chain.pool.queued],
    result: (pooled) => pooled.map(transactionView),
  }),
} satisfies Partial<Serve>;
