export { type AbiEntry, type Artifact, type ArtifactStore, type BuildInfo, qualifiedName } from './artifacts.ts';
export type { CodeComparison } from './compareCode.ts';
export { type Compilation, type CompileOptions, compile } from './compile.ts';
export { CompileError, type CompileFault, type PragmaOf } from './compileFaults.ts';
export { type Compilers, openCompilers, type SolcAnswer } from './compiler.ts';
export { constructorValues, type GivenArguments } from './constructorArguments.ts';
export { type DeployRequest, deployContract } from './deploy.ts';
export {
  accountFromAddress,
  accountFromKey,
  accountFromMnemonic,
  connectNode,
  createDeployer,
  type Deployer,
  type DeployerOptions,
  type NodeConnection,
} from './deployer.ts';
export { DeployError, type DeployFault } from './deployFaults.ts';
export { type DeploymentRecord, readRecord, recordFile, recordsFolder } from './deploymentRecord.ts';
export { PLAN_FILE, type PlanEntry, planOf, readPlan, type SingleContract, weiFromText } from './deployPlan.ts';
export { type DiagnosticPaint, diagnosticText, type SolcDiagnostic } from './diagnostics.ts';
export { SolcError } from './errors.ts';
export { immutableNames } from './immutableNames.ts';
export { type LibraryAddresses, linkBytecode, neededLibraries } from './link.ts';
export { compileStandardJson, type PassThroughOptions } from './passThrough.ts';
export { CONFIG_FILE, openProject, type Project, type ProjectOptions } from './project.ts';
export { type Deployed, type RunPlanOptions, runPlan } from './runPlan.ts';
export type { CompilerOptions } from './settings.ts';
export type { StandardJsonInput, StandardJsonOutput } from './standardJson.ts';
export { type Verification, VerifyError, type VerifyFault, verifyContract, verifyError } from './verify.ts';
