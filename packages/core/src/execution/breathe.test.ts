import { Address, hexToBytes } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { createChain } from '../createChain.ts';

const LOOP = new Address(hexToBytes('0x00000000000000000000000000000000000000cc'));

it('lets others have their turn while a call runs for long', async () => {
  const chain = await createChain();
  // JUMPDEST PUSH0 JUMP
  await chain.control.setCode(LOOP, hexToBytes('0x5b5f56'));
  let isRunning = true;
  const call = chain.execution.call({ to: LOOP, gasLimit: 3_000_000n }, { tag: 'latest' }).finally(() => {
    isRunning = false;
  });
  const refused = expect(call).rejects.toMatchObject({ fault: { code: 'HALTED', halt: 'OutOfGas' } });
  const turns = async (): Promise<number> => {
    let count = 0;
    while (isRunning) {
      await new Promise((resolve) => setImmediate(resolve));
      count++;
    }
    return count;
  };
  // One turn may pass before the call has begun to run, and one after its end.
  expect(await turns()).toBeGreaterThan(2);
  await refused;
  await chain.close();
});

it('changes neither the gas nor the place of a jump destination', async () => {
  const chain = await createChain();
  // PUSH1 3 JUMP JUMPDEST STOP: 3 + 8 + 1 gas.
  await chain.control.setCode(LOOP, hexToBytes('0x6003565b00'));
  const result = await chain.execution.call({ to: LOOP }, { tag: 'latest' });
  expect(result.gasUsed).toBe(21_012n);
  await chain.close();
});
