import type { Data } from '../hex.ts';
import type { NumberLike, RpcAddress } from './values.ts';

/** The `miner` namespace of Ganache and of geth before the Merge. */
export interface MinerSchema {
  /** Mines again what is sent, as it was before `miner_stop`. The number of threads says nothing here. */
  miner_start: { params: [threads?: NumberLike]; result: true };
  /** No block is made until `miner_start`, or until one is asked for. */
  miner_stop: { params: []; result: true };
  miner_setEtherbase: { params: [address: RpcAddress]; result: true };
  /** Into the header of every block from the next on; at most 32 bytes. */
  miner_setExtra: { params: [extraData: Data]; result: true };
  /** What `eth_gasPrice` answers from now on, and transactions without a price are sent with. */
  miner_setGasPrice: { params: [gasPrice: NumberLike]; result: true };
}
