import { hexFromBytes as hex, quantityFromBigInt as quantity, RPC_CODES, RpcError } from '@minichain/protocol';
import { chainId, depth, reorgTransactions, resetOptions } from '../../codecs/development.ts';
import { address, boolean, hash, looseQuantity, signature, text } from '../../codecs/scalars.ts';
import { answer, method, optional, required, type Serve } from '../../method.ts';

const who = required('address', address);
const enabled = required('enabled', boolean);
const byHash = required('transactionHash', hash);

const impersonate = <const W>(result: W) =>
  method({ params: [who], run: (c, of) => c.chain.accounts.impersonate(of), result: answer(result) });

const autoImpersonate = method({
  params: [enabled],
  run: (c, on) => c.chain.accounts.setAutoImpersonate(on),
  result: answer(null),
});

const setNextBaseFee = <const W>(result: W) =>
  method({
    params: [required('baseFeePerGas', looseQuantity)],
    run: (c, fee) => {
      if (c.chain.fees.nextBaseFee() === undefined) {
        throw new RpcError(RPC_CODES.invalidInput, 'a base fee cannot be set before the London hardfork');
      }
      c.chain.fees.setNextBaseFee(fee);
    },
    result: answer(result),
  });

const setMinGasPrice = <const W>(result: W) =>
  method({
    params: [required('gasPrice', looseQuantity)],
    run: (c, price) => {
      if (c.chain.fees.nextBaseFee() !== undefined) {
        throw new RpcError(
          RPC_CODES.invalidInput,
          'a minimum gas price has no meaning once EIP-1559 is active; set the next base fee instead',
        );
      }
      c.chain.fees.setMinGasPrice(price);
    },
    result: answer(result),
  });

const dropAll = method({ params: [], run: (c) => c.chain.control.dropAllTransactions(), result: answer(null) });

/** A fork of another chain is not something this node can become. */
const reset = <const W>(result: W) =>
  method({
    params: [optional('options', resetOptions)],
    run: (c) => c.chain.control.reset(),
    result: answer(result),
  });

const setRpcUrl = method({
  params: [required('url', text)],
  run: (): never => {
    throw new RpcError(RPC_CODES.unsupported, 'this node does not fork another chain, so it has no RPC URL to change');
  },
  result: (never) => never,
});

const setLogging = <const W>(result: W) =>
  method({
    params: [enabled],
    run: (c, on) => {
      c.settings.logging = on;
    },
    result: answer(result),
  });

const snapshot = method({ params: [], run: (c) => c.chain.snapshots.take(), result: quantity });
const revert = method({
  params: [required('snapshotId', looseQuantity)],
  run: (c, id) => c.chain.snapshots.revert(id),
  result: (reverted) => reverted,
});

/** Identities, fees, pool, snapshots and the node itself. */
export const control = {
  hardhat_impersonateAccount: impersonate(true),
  anvil_impersonateAccount: impersonate(null),
  hardhat_stopImpersonatingAccount: method({
    params: [who],
    run: (c, of) => c.chain.accounts.stopImpersonating(of),
    result: (was) => was,
  }),
  anvil_stopImpersonatingAccount: method({
    params: [who],
    run: (c, of) => c.chain.accounts.stopImpersonating(of),
    result: answer(null),
  }),
  anvil_impersonateSignature: method({
    params: [required('signature', signature), who],
    run: (c, of, signer) => c.chain.control.impersonateSignature(of, signer),
    result: answer(null),
  }),
  hardhat_autoImpersonateAccount: autoImpersonate,
  anvil_autoImpersonateAccount: autoImpersonate,
  hardhat_setNextBlockBaseFeePerGas: setNextBaseFee(true),
  anvil_setNextBlockBaseFeePerGas: setNextBaseFee(null),
  hardhat_setMinGasPrice: setMinGasPrice(true),
  anvil_setMinGasPrice: setMinGasPrice(null),
  hardhat_dropTransaction: method({
    params: [byHash],
    run: async (c, of) => {
      if ((await c.chain.chain.transaction(of)) !== undefined) {
        const detail = `Transaction ${hex(of)} cannot be dropped because it's already mined`;
        throw new RpcError(RPC_CODES.invalidParams, `params[0] (transactionHash): ${detail}`);
      }
      return c.chain.control.dropTransaction(of);
    },
    result: (dropped) => dropped,
  }),
  anvil_dropTransaction: method({
    params: [byHash],
    run: async (c, of) => ((await c.chain.control.dropTransaction(of)) ? of : undefined),
    result: (dropped) => (dropped === undefined ? null : hex(dropped)),
  }),
  hardhat_dropAllTransactions: dropAll,
  anvil_dropAllTransactions: dropAll,
  anvil_removePoolTransactions: method({
    params: [who],
    run: async ({ chain }, of) => {
      const theirs = [...chain.pool.ready, ...chain.pool.queued].filter(({ sender }) => sender.equals(of));
      for (const { hash: waiting } of theirs) await chain.control.dropTransaction(waiting);
    },
    result: answer(null),
  }),
  evm_snapshot: snapshot,
  anvil_snapshot: snapshot,
  evm_revert: revert,
  anvil_revert: revert,
  anvil_reorg: method({
    params: [required('depth', depth), optional('transactions', reorgTransactions, [])],
    run: (c, blocks, transactions) => c.chain.control.reorg(blocks, transactions),
    result: answer(null),
  }),
  anvil_rollback: method({
    params: [optional('depth', depth, 1n)],
    run: (c, blocks) => c.chain.control.rollback(blocks),
    result: answer(null),
  }),
  hardhat_reset: reset(true),
  anvil_reset: reset(null),
  hardhat_setRpcUrl: setRpcUrl,
  anvil_setRpcUrl: setRpcUrl,
  hardhat_setLoggingEnabled: setLogging(true),
  anvil_setLoggingEnabled: setLogging(null),
  anvil_setChainId: method({
    params: [required('chainId', chainId)],
    run: (c, id) => c.chain.control.setChainId(id),
    result: answer(null),
  }),
} satisfies Partial<Serve>;
