import type { Address, CallRequest, Chain, StateView } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, RpcError } from '@minichain/protocol';
import { callRequest } from '../../codecs/callRequest.ts';
import { data, looseQuantity } from '../../codecs/scalars.ts';
import { type SendConditions, sendConditions } from '../../codecs/sendConditions.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import { sent } from '../../sendFailure.ts';

/** @throws RpcError when the sender has no such transaction waiting. */
function requireWaiting({ pool, accounts }: Chain, request: CallRequest): void {
  const { nonce } = request;
  if (nonce === undefined) {
    throw new RpcError(RPC_CODES.invalidParams, 'params[0] (transaction): missing transaction nonce');
  }
  const from = request.from ?? accounts.owned[0]?.address;
  const isIt = ({ sender, tx }: { sender: Address; tx: { nonce: bigint } }): boolean =>
    from !== undefined && sender.equals(from) && tx.nonce === nonce;
  if ([...pool.ready, ...pool.queued].some(isIt)) return;
  const detail = `transaction not found: none of ${from?.toString() ?? 'nobody'} with the nonce ${nonce} waits`;
  throw new RpcError(RPC_CODES.invalidInput, detail);
}

function withOther(request: CallRequest, gasPrice: bigint | undefined, gasLimit: bigint | undefined): CallRequest {
  const { maxFeePerGas: _1, maxPriorityFeePerGas: _2, ...unpriced } = request;
  return {
    ...(gasPrice === undefined ? request : { ...unpriced, gasPrice }),
    ...(gasLimit === undefined ? {} : { gasLimit }),
  };
}

const refused = (detail: string) => new RpcError(RPC_CODES.rejected, `transaction rejected: ${detail}`);

function checkRange(what: string, is: bigint, { least, most }: { least?: bigint; most?: bigint }): void {
  if (least !== undefined && is < least) throw refused(`${what} ${is} is below ${least}`);
  if (most !== undefined && is > most) throw refused(`${what} ${is} is above ${most}`);
}

async function checkAccount(
  state: StateView,
  { address, storageRoot, slots }: SendConditions['accounts'][number],
): Promise<void> {
  if (storageRoot !== undefined && hex((await state.account(address)).storageRoot) !== hex(storageRoot)) {
    throw refused(`the storage root of ${address} is another`);
  }
  for (const [slot, value] of slots) {
    if (hex(await state.storage(address, slot)) !== hex(value)) {
      throw refused(`the slot ${hex(slot)} of ${address} has another value`);
    }
  }
}

/** Where nothing is written meanwhile. @throws RpcError for a head that does not meet the conditions. */
async function checkHead({ chain, state }: Chain, { number, timestamp, accounts }: SendConditions): Promise<void> {
  const { head } = chain;
  checkRange('the block number', head.block.header.number, number);
  checkRange('the timestamp', head.block.header.timestamp, timestamp);
  const view = state.of(head);
  for (const account of accounts) await checkAccount(view, account);
}

/** Sending under conditions, and again. */
export const resubmit = {
  eth_resend: method({
    params: [
      required('transaction', callRequest),
      optional('gasPrice', looseQuantity),
      optional('gasLimit', looseQuantity),
    ],
    run: (c, request, gasPrice, gasLimit) => {
      requireWaiting(c.chain, request);
      return sent(c, () => c.chain.control.submit(withOther(request, gasPrice, gasLimit)));
    },
    result: hex,
  }),
  eth_sendRawTransactionConditional: method({
    params: [required('transaction', data), required('conditions', sendConditions)],
    run: (c, raw, conditions) => sent(c, () => c.chain.control.submitRaw(raw, () => checkHead(c.chain, conditions))),
    result: hex,
  }),
} satisfies Partial<Serve>;
