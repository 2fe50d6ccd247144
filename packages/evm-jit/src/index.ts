export { createUnitCompiler, type UnitCompilerOptions, type UnitStatistics } from './unitCompiler.ts';
