export { BenchError } from './errors.ts';
export { markdownFrom, type Row } from './report.ts';
export { type BenchOptions, runBench } from './runBench.ts';
export { runSoak, type SoakOptions, type SoakResult } from './soak/runSoak.ts';
export { parseTarget, type Target } from './target.ts';
export { fullSizes, quickSizes, type Sizes } from './workload.ts';
