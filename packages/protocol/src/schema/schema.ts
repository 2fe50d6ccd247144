import type { AnvilSchema, TenderlySchema } from './anvil.ts';
import type { BundleSchema } from './bundle.ts';
import type { DebugSchema } from './debug.ts';
import type { DebugLookupSchema } from './debugLookup.ts';
import type { EthSchema } from './eth.ts';
import type { EvmSchema } from './evm.ts';
import type { HardhatSchema } from './hardhat.ts';
import type { MinerSchema } from './miner.ts';
import type { MinichainSchema } from './minichain.ts';
import type { ErigonSchema, NetSchema, RpcModulesSchema, Web3Schema } from './node.ts';
import type { OtsSchema } from './ots.ts';
import type { ParitySchema } from './parity.ts';
import type { PersonalSchema } from './personal.ts';
import type { TestingSchema } from './testing.ts';
import type { TxpoolSchema } from './txpool.ts';

/** Every method that the node answers: what it takes and what it gives, as JSON. */
export interface RpcSchema
  extends AnvilSchema,
    BundleSchema,
    DebugLookupSchema,
    DebugSchema,
    ErigonSchema,
    EthSchema,
    EvmSchema,
    HardhatSchema,
    MinerSchema,
    MinichainSchema,
    NetSchema,
    OtsSchema,
    ParitySchema,
    PersonalSchema,
    RpcModulesSchema,
    TenderlySchema,
    TestingSchema,
    TxpoolSchema,
    Web3Schema {}

export type RpcMethodName = keyof RpcSchema;
/** @example RpcParams<'eth_getBalance'> // [address: RpcAddress, block?: BlockParameter] */
export type RpcParams<N extends RpcMethodName> = RpcSchema[N]['params'];
/** @example RpcResult<'eth_blockNumber'> // Quantity */
export type RpcResult<N extends RpcMethodName> = RpcSchema[N]['result'];
