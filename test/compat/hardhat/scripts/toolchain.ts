/**
 * Every plugin of Hardhat's toolchain, used once against the network named by `--network`. Prints one JSON line for
 * each step and goes on after a failure, so that one run shows all that is wrong.
 */
import { ethersSteps } from './ethersSteps.ts';
import { helperSteps } from './helperSteps.ts';
import { ignitionSteps } from './ignitionSteps.ts';
import type { Step } from './step.ts';
import { viemSteps } from './viemSteps.ts';

const steps: Step[] = [
  ...(await ethersSteps()),
  ...(await viemSteps()),
  ...(await helperSteps()),
  ...(await ignitionSteps()),
];

for (const [name, run] of steps) {
  let error: string | undefined;
  try {
    await run();
  } catch (thrown) {
    error = thrown instanceof Error ? `${thrown.message} ${thrown.stack ?? ''}` : String(thrown);
  }
  console.log(JSON.stringify({ step: name, ...(error === undefined ? {} : { error }) }));
}
