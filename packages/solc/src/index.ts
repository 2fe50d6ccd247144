export {
  type AbiEntry,
  type Artifact,
  type ArtifactStore,
  type BuildInfo,
  qualifiedName,
} from './artifacts.ts';
export { type Compilation, type CompileOptions, compile } from './compile.ts';
export { CompileError, type CompileFault } from './compileFaults.ts';
export { type Compilers, openCompilers, type SolcAnswer } from './compiler.ts';
export { type DiagnosticPaint, diagnosticText } from './diagnostics.ts';
export { SolcError } from './errors.ts';
export { openProject, type Project, type ProjectOptions } from './project.ts';
