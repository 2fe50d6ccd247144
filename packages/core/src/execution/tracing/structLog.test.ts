import { bytesToBigInt } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { address, LATEST, place, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { StructLog, TraceOptions } from './traceTypes.ts';

const start = useChains();
const CODE = address('c0');

async function logsOf(chain: Chain, options: TraceOptions = {}): Promise<readonly StructLog[]> {
  const traced = await chain.execution.traceCall({ to: CODE, gasLimit: 200_000n }, LATEST, options);
  if (traced.type !== 'struct') throw new TypeError('no struct logs');
  return traced.structLogs;
}

describe('struct logs', () => {
  it('have place, gas, cost, depth and the stack before each opcode', async () => {
    const chain = await start();
    await place(chain, CODE, '0x600260030100');
    expect(await logsOf(chain)).toEqual([
      { pc: 0, op: 'PUSH1', gas: 179_000n, gasCost: 3n, depth: 1, stack: [] },
      { pc: 2, op: 'PUSH1', gas: 178_997n, gasCost: 3n, depth: 1, stack: [2n] },
      { pc: 4, op: 'ADD', gas: 178_994n, gasCost: 3n, depth: 1, stack: [2n, 3n] },
      { pc: 5, op: 'STOP', gas: 178_991n, gasCost: 0n, depth: 1, stack: [5n] },
    ]);
  });

  it('have the slots that were touched so far, in each contract', async () => {
    const chain = await start();
    await place(chain, CODE, '0x600754600160085500');
    await chain.control.setStorage(CODE, word(7), word(9));
    const logs = await logsOf(chain);
    const seen = logs.flatMap(({ op, storage }) =>
      storage === undefined ? [] : [[op, storage.map((pair) => pair.map((item) => bytesToBigInt(item)))]],
    );
    expect(seen).toEqual([
      ['SLOAD', [[7n, 9n]]],
      [
        'SSTORE',
        [
          [7n, 9n],
          [8n, 1n],
        ],
      ],
    ]);
    expect((await logsOf(chain, { disableStorage: true })).every(({ storage }) => storage === undefined)).toBe(true);
  });

  it('have memory when asked for, and no stack when not', async () => {
    const chain = await start();
    await place(chain, CODE, '0x60075f5200');
    const last = (await logsOf(chain, { enableMemory: true, disableStack: true })).at(-1);
    expect(last?.memory).toEqual(word(7));
    expect(last).not.toHaveProperty('stack');
    expect((await logsOf(chain)).at(-1)).not.toHaveProperty('memory');
  });

  it('count the gas that a call hands on as the call’s cost, and one level more inside', async () => {
    const chain = await start();
    await place(chain, address('c1'), '0x00');
    await place(chain, CODE, '0x5f5f5f5f5f60c161c350f100');
    const logs = await logsOf(chain);
    const call = logs.find(({ op }) => op === 'CALL');
    expect(call?.gasCost).toBe(2_600n + 0xc350n);
    expect(logs.filter(({ depth }) => depth === 2).map(({ op, gas }) => [op, gas])).toEqual([['STOP', 0xc350n]]);
  });

  it('say at the last opcode what went wrong', async () => {
    const chain = await start();
    await place(chain, CODE, '0x5f56');
    const logs = await logsOf(chain);
    expect(logs.at(-1)).toMatchObject({ op: 'JUMP', error: expect.stringContaining('invalid JUMP') });
  });

  it('count the refund', async () => {
    const chain = await start();
    await place(chain, CODE, '0x5f5f5500');
    await chain.control.setStorage(CODE, word(0), word(1));
    expect((await logsOf(chain)).at(-1)?.refund).toBe(4_800n);
  });

  it('end at a limit', async () => {
    const chain = await start();
    await place(chain, CODE, '0x600260030100');
    expect(await logsOf(chain, { limit: 2 })).toHaveLength(2);
    expect(await logsOf(chain, { limit: 0 })).toHaveLength(4);
  });
});
