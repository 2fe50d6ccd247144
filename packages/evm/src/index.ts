export { Core } from './core.ts';
export type { CoreExports } from './coreExports.ts';
export type { CoreOptions } from './coreInstance.ts';
export type { CoreMemory } from './coreMemory.ts';
export type { CoreStep } from './coreStep.ts';
export type { CoreLimits } from './forkRules.ts';
export { createKeccak256 } from './keccak256.ts';
export { opcodeName } from './opcodeNames.ts';
export { wordsTaken } from './opcodeTable.ts';
export { verifyKzgProof } from './precompiles/kzgProof.ts';
export type { PrecompileLibraries } from './precompiles/precompileRun.ts';
export { precompileAt } from './precompiles/schedule.ts';
export { CoreFull } from './regions.ts';
export {
  type AccountNodes,
  type KernelBlocks,
  type KernelHeader,
  type KernelNode,
  type KernelStart,
  type KernelTarget,
  RunKernel,
} from './runKernel.ts';
export { CORE_STATUSES, type CoreStatus } from './status.ts';
export {
  type AccountChange,
  type CoreAccount,
  type CoreBlock,
  type CoreLog,
  type CoreMessage,
  type CoreResult,
  type CoreStateReader,
  type CoreTransaction,
  type MessageKind,
  type MessageObserver,
  type ObservedEnd,
  type ObservedMessage,
  type Participants,
  type PrecompileResult,
  type PrecompileRun,
  type SlotChange,
  type StateChanges,
  StateMissing,
  type Suspended,
} from './types.ts';
export type { CompiledInstance, InstanceUnits, UnitCompiler } from './unitCompiler.ts';
