import { quantityFromBigInt as quantity, RPC_CODES, RpcError } from '@minichain/protocol';
import { list } from '../../codecs/codec.ts';
import { extraData, gasLimit } from '../../codecs/development.ts';
import { withdrawal } from '../../codecs/overrides.ts';
import { address, bytes32, looseQuantity } from '../../codecs/scalars.ts';
import type { MethodContext } from '../../context.ts';
import { answer, method, required, type Serve } from '../../method.ts';

/** @throws RpcError when the next block is of a fork that does not know what is set. */
function requireNext({ chain }: MethodContext, eip: number, what: string): void {
  const common = chain.hardforks.commonAt(chain.chain.tip.number + 1n, chain.clock.peekNext());
  if (common.isActivatedEIP(eip)) return;
  const detail = `the next block has no ${what}: EIP-${eip} is not active under ${common.hardfork()}`;
  throw new RpcError(RPC_CODES.invalidInput, detail);
}

/** What only the next block gets; a block that is taken back by a snapshot gives it back, too. */
export const nextBlock = {
  minichain_setNextBlockCoinbase: method({
    params: [required('address', address)],
    run: (c, coinbase) => c.chain.miner.setNextBlock({ coinbase }),
    result: answer(true),
  }),
  minichain_setNextBlockGasLimit: method({
    params: [required('gasLimit', gasLimit)],
    run: (c, gas) => c.chain.miner.setNextBlock({ gasLimit: gas }),
    result: answer(true),
  }),
  minichain_setNextBlockExtraData: method({
    params: [required('extraData', extraData)],
    run: (c, bytes) => c.chain.miner.setNextBlock({ extraData: bytes }),
    result: answer(true),
  }),
  minichain_setNextBlockParentBeaconRoot: method({
    params: [required('root', bytes32)],
    run: (c, parentBeaconBlockRoot) => {
      requireNext(c, 4788, 'parent beacon block root');
      c.chain.miner.setNextBlock({ parentBeaconBlockRoot });
    },
    result: answer(true),
  }),
  minichain_setNextBlockBlobBaseFee: method({
    params: [required('blobBaseFee', looseQuantity)],
    run: (c, wei) => {
      requireNext(c, 4844, 'blob base fee');
      return c.chain.fees.setNextBlobBaseFee(wei);
    },
    result: quantity,
  }),
  minichain_setNextBlockExcessBlobGas: method({
    params: [required('excessBlobGas', looseQuantity)],
    run: (c, gas) => {
      requireNext(c, 4844, 'excess blob gas');
      c.chain.fees.setNextExcessBlobGas(gas);
    },
    result: answer(true),
  }),
  minichain_setNextBlockWithdrawals: method({
    params: [required('withdrawals', list(withdrawal))],
    run: (c, withdrawals) => {
      requireNext(c, 4895, 'withdrawals');
      c.chain.miner.setNextBlock({ withdrawals });
    },
    result: answer(true),
  }),
} satisfies Partial<Serve>;
