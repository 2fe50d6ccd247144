import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { describe, expect, it } from 'vitest';
import { createKeccak256 } from '../src/keccak256.ts';
import { opcodesOf } from '../src/opcodeTable.ts';
import { coreRunner, oracleRun } from './runners.ts';
import { createScenario } from './scenario.ts';

const CASES = 16;
const hash = createKeccak256();

describe.each([Hardfork.Homestead, Hardfork.Istanbul, Hardfork.London, Hardfork.Osaka])('on %s', (hardfork) => {
  it('every step finds what EthereumJS finds: place, gas, depth, stack and memory', async () => {
    const common = new Common({ chain: Mainnet, hardfork });
    const opcodes = opcodesOf(common);
    let ours: string[] = [];
    const run = coreRunner(common, hash, (core) => {
      core.stepObserver = (step) => {
        const memory = Buffer.from(step.memory()).toString('hex');
        // EthereumJS calls every opcode that the fork does not have INVALID.
        const opcode = opcodes.has(step.opcode) ? step.opcode : 0xfe;
        ours.push(`${step.depth} ${step.pc} ${opcode} ${step.gas} [${step.stack().join(' ')}] ${memory}`);
      };
    });
    let steps = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const scenario = createScenario(seed, (opcode) => opcodes.has(opcode));
      const theirs: string[] = [];
      ours = [];
      const outcome = run(scenario);
      const oracle = await oracleRun(scenario, common, {
        keys: Object.keys(outcome.state),
        prepare: (evm) =>
          evm.events?.on('step', ({ depth, pc, opcode, gasLeft, stack, memory, memoryWordCount }) => {
            const bytes = Buffer.from(memory.subarray(0, Number(memoryWordCount) * 32)).toString('hex');
            theirs.push(`${depth} ${pc} ${opcode.code} ${gasLeft} [${stack.join(' ')}] ${bytes}`);
          }),
      });
      expect(ours, `seed ${seed}`).toEqual(theirs);
      expect(outcome, `seed ${seed}`).toEqual(oracle);
      steps += ours.length;
    }
    expect(steps).toBeGreaterThan(500);
  });
});
