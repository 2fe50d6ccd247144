import { hexFromBytes as hex, quantityFromBigInt as quantity, RPC_CODES, RpcError } from '@minichain/protocol';
import { anything } from '../../codecs/codec.ts';
import { address, boolean, hash, looseQuantity } from '../../codecs/scalars.ts';
import { type Method, method, optional, required } from '../../method.ts';

const who = required('address', address);
const done = (result: unknown) => (): unknown => result;

const impersonate = (result: unknown): Method =>
  method({ params: [who], run: (c, of) => c.chain.accounts.impersonate(of), result: done(result) });

const autoImpersonate = (result: unknown): Method =>
  method({
    params: [required('enabled', boolean)],
    run: (c, on) => c.chain.accounts.setAutoImpersonate(on),
    result: done(result),
  });

const setNextBaseFee = (result: unknown): Method =>
  method({
    params: [required('baseFeePerGas', looseQuantity)],
    run: (c, fee) => {
      if (c.chain.fees.nextBaseFee() === undefined) {
        throw new RpcError(RPC_CODES.invalidInput, 'a base fee cannot be set before the London hardfork');
      }
      c.chain.fees.setNextBaseFee(fee);
    },
    result: done(result),
  });

const setMinGasPrice = (result: unknown): Method =>
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
    result: done(result),
  });

const drop = method({
  params: [required('transactionHash', hash)],
  run: async (c, of) => {
    if ((await c.chain.chain.transaction(of)) !== undefined) {
      throw new RpcError(
        RPC_CODES.invalidParams,
        `Transaction ${hex(of)} cannot be dropped because it's already mined`,
      );
    }
    return { dropped: await c.chain.control.dropTransaction(of), of };
  },
  result: ({ dropped }) => dropped,
});

const dropAll = method({ params: [], run: (c) => c.chain.control.dropAllTransactions(), result: done(null) });

/** A fork of another chain is not something this node can become. */
const reset = (result: unknown): Method =>
  method({
    params: [optional('options', anything)],
    run: (c, options) => {
      if (options !== undefined && JSON.stringify(options).includes('forking')) {
        throw new RpcError(RPC_CODES.unsupported, 'params[0] (options): this node cannot fork another chain');
      }
      return c.chain.control.reset();
    },
    result: done(result),
  });

const setLogging = (result: unknown): Method =>
  method({
    params: [required('enabled', boolean)],
    run: (c, on) => {
      c.settings.logging = on;
    },
    result: done(result),
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
    result: done(null),
  }),
  hardhat_autoImpersonateAccount: autoImpersonate(null),
  anvil_autoImpersonateAccount: autoImpersonate(null),
  hardhat_setNextBlockBaseFeePerGas: setNextBaseFee(true),
  anvil_setNextBlockBaseFeePerGas: setNextBaseFee(null),
  hardhat_setMinGasPrice: setMinGasPrice(true),
  anvil_setMinGasPrice: setMinGasPrice(null),
  hardhat_dropTransaction: drop,
  anvil_dropTransaction: drop,
  hardhat_dropAllTransactions: dropAll,
  anvil_dropAllTransactions: dropAll,
  evm_snapshot: snapshot,
  anvil_snapshot: snapshot,
  evm_revert: revert,
  anvil_revert: revert,
  hardhat_reset: reset(true),
  anvil_reset: reset(null),
  hardhat_setLoggingEnabled: setLogging(true),
  anvil_setLoggingEnabled: setLogging(null),
  anvil_setChainId: method({
    params: [required('chainId', looseQuantity)],
    run: (c, id) => {
      if (id < 1n || id > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new RpcError(RPC_CODES.invalidParams, 'params[0] (chainId): expected 1 to 2^53 - 1');
      }
      c.chain.control.setChainId(id);
    },
    result: done(null),
  }),
};
