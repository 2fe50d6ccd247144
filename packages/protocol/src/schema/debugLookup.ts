import type { Data } from '../hex.ts';
import type { RpcBlock } from './block.ts';
import type { RpcAccountRange } from './debug.ts';
import type { RpcAccountInfo } from './state.ts';
import type { RpcBlockTrace, RpcTraceOptions } from './trace.ts';
import type { BlockNumberOrTag, BlockParameter, NumberLike, RpcAddress, RpcHash } from './values.ts';

/** What is needed to execute a block without the state before it. */
export interface RpcExecutionWitness {
  /** Nodes of the tries, RLP. */
  readonly state: readonly Data[];
  readonly codes: readonly Data[];
  /** An account's address, then those of its slots that were looked at. */
  readonly keys: readonly Data[];
  /** RLP of the headers up to the parent's, from the oldest whose hash was asked for. */
  readonly headers: readonly Data[];
}

/** A block that was refused. */
export interface RpcBadBlock {
  readonly hash: RpcHash;
  readonly block: RpcBlock;
  readonly rlp: Data;
  readonly reason: string;
}

/** What geth's `debug` namespace looks up in the database, and does to the chain. */
export interface DebugLookupSchema {
  /** Code of whatever contract, in any state that is kept; `0x` where there is none. */
  debug_codeByHash: { params: [codeHash: RpcHash, block?: BlockParameter]; result: Data };
  /** The address or storage slot that a key of the tries is the hash of. */
  debug_preimage: { params: [hash: RpcHash]; result: Data };
  /** By geth's keys, in hex or as text: `LastBlock`, `h`+number+hash, `h`+number+`n`, `H`+hash, `b`+number+hash, `l`+transaction, `c`+code hash, a node's hash. */
  debug_dbGet: { params: [key: string]; result: Data };
  /** All accounts, with their code and storage. */
  debug_dumpBlock: { params: [block: BlockParameter]; result: RpcAccountRange };
  /** After a transaction of the block, by its index. */
  debug_accountInfoAt: {
    params: [block: BlockParameter, transactionIndex: NumberLike, address: RpcAddress];
    result: RpcAccountInfo;
  };
  /** Root of the state after each of the block's transactions. */
  debug_intermediateRoots: { params: [blockHash: RpcHash, options?: RpcTraceOptions]; result: readonly RpcHash[] };
  /** For people to read. */
  debug_printBlock: { params: [blockNumber: NumberLike]; result: string };
  /** First block from one to another, either way, whose state is kept. */
  debug_getAccessibleState: { params: [from: BlockNumberOrTag, to: BlockNumberOrTag]; result: number };
  /** For stateless execution. Refused where a setter has changed the state before the block, to which no header commits. */
  debug_executionWitness: { params: [block: BlockNumberOrTag]; result: RpcExecutionWitness };
  debug_executionWitnessByHash: { params: [blockHash: RpcHash]; result: RpcExecutionWitness };
  /** The blocks that were refused when they were executed, the last one first, at most 10. */
  debug_getBadBlocks: { params: []; result: readonly RpcBadBlock[] };
  debug_traceBadBlock: { params: [blockHash: RpcHash, options?: RpcTraceOptions]; result: RpcBlockTrace };
  /** Takes the blocks above off the chain; they stay readable by hash, and their transactions wait again. */
  debug_setHead: { params: [blockNumber: NumberLike]; result: null };
  debug_clearTxpool: { params: []; result: null };
  /** Collects garbage. */
  debug_freeOSMemory: { params: []; result: null };
  debug_chaindbCompact: { params: []; result: null };
  /** What the database has done since it was opened, a line each; or one of its numbers by name. */
  debug_chaindbProperty: { params: [property?: string]; result: string };
}
