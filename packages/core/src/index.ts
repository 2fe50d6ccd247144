export type { TypedTransaction } from '@ethereumjs/tx';
export { Address } from '@ethereumjs/util';
export { AccountError, type AccountFault } from './accounts/faults.ts';
export { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC, mnemonicFromSeed, randomMnemonic } from './accounts/mnemonic.ts';
export { recoverAddress } from './accounts/recoverAddress.ts';
export type { BadBlock } from './blocks/badBlocks.ts';
export { type BlockRef, type BlockTag, LATEST, PENDING } from './blocks/blockTag.ts';
export { decodeBlocks, type HeaderFacts, readHeader } from './blocks/decodeBlocks.ts';
export type * from './blocks/dumpedBlock.ts';
export type * from './blocks/executedBlock.ts';
export { BlockError, type BlockFault } from './blocks/faults.ts';
export type * from './blocks/loadedState.ts';
export type * from './chainOptions.ts';
export { ClockError, type ClockFault } from './clockFaults.ts';
export type * from './contract.ts';
export { setTokenAllowance, setTokenBalance } from './control/erc20.ts';
export { importBlocks } from './control/importBlocks.ts';
export { SnapshotError, type SnapshotFault } from './control/snapshotFaults.ts';
export { createChain } from './createChain.ts';
export { describeCrypto } from './crypto/crypto.ts';
export { keccak256 } from './crypto/keccak.ts';
export { encodeRlp, type RlpItem } from './encoding/rlp.ts';
export { CoreError } from './errors.ts';
export { type ChainEventMap, ChainEvents, type MinedTransaction } from './events.ts';
export type * from './execution/bundleTypes.ts';
export { consoleLineFromCall } from './execution/consoleLog.ts';
export { DEFAULT_ENGINE, ENGINES, type Engine } from './execution/engine/engine.ts';
export { ExecutionError, type ExecutionFault, executionError } from './execution/faults.ts';
export type * from './execution/messageTrace.ts';
export { encodeReceipt } from './execution/receipt.ts';
export type * from './execution/request.ts';
export type * from './execution/simulate/simulateTypes.ts';
export type { TraceStep } from './execution/traceObserver.ts';
export type { FlatTrace } from './execution/tracing/flatTrace.ts';
export type { StepFacts, StepSink } from './execution/tracing/stepSink.ts';
export type * from './execution/tracing/traceTypes.ts';
export type { VmOp, VmTrace } from './execution/tracing/vmTracer.ts';
export type * from './executionContract.ts';
export { HardforkError, type HardforkFault } from './hardforks/faults.ts';
export { gethConfigOf } from './hardforks/gethConfig.ts';
export { HARDFORK_NAMES, hardforkFromName, type ScheduledFork } from './hardforks/schedule.ts';
export { type CheckResult, checkChain } from './inspection/checkChain.ts';
export { type BlockRange, exportBlocks, resolveRange } from './inspection/exportBlocks.ts';
export {
  type KeptChain,
  requireCanonical,
  requireDirectory,
  requireHead,
  withKeptChain,
} from './inspection/keptChain.ts';
export { type ChainStat, type KindStat, statChain } from './inspection/statChain.ts';
export type { LaneFault } from './lane.ts';
export type { NextBlock } from './mining/minerEnvironment.ts';
export type { MiningMode } from './mining/modes.ts';
export { PoolError, type PoolFault } from './pool/faults.ts';
export type { DropRecord, PooledTransaction } from './pool/pooledTransaction.ts';
export type { PruneLimits, PruneResult } from './pruning/pruneTypes.ts';
export type * from './readers.ts';
export { chainLimits } from './resolveOptions.ts';
export type { DumpedAccount } from './state/dump.ts';
export { StateError, type StateFault } from './state/faults.ts';
export type { AccountDifference, Change } from './state/stateDifference.ts';
export type * from './state/stateView.ts';
export { backupDatabase } from './storage/backup/backupDatabase.ts';
export {
  type BackupManifest,
  type BackupProgress,
  findManifest,
  verifyBackup,
} from './storage/backup/backupManifest.ts';
export { requireEmpty, restoreBackup } from './storage/backup/restoreBackup.ts';
export { DESCRIPTION as DIRECTORY_DESCRIPTION } from './storage/directory.ts';
export { StorageError, type StorageFault } from './storage/faults.ts';
export { notedUrl } from './storage/holder.ts';
export { openDatabase } from './storage/openDatabase.ts';
export { TransactionError, type TransactionFault } from './transactions/faults.ts';
export { anvilHash, hasMadeUpSignature } from './transactions/sender.ts';
