import { RpcError } from '@minichain/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeJson } from './writeJson.ts';

const LONG = 'x'.repeat(70_000);

it('writes what JSON.stringify writes, small or large', async () => {
  const wire = fc.jsonValue({ maxDepth: 4 });
  await fc.assert(
    fc.asyncProperty(wire, fc.boolean(), async (value, isLarge) => {
      const reply = { result: isLarge ? [value, { [LONG]: value, long: LONG, none: undefined }] : value };
      expect(await writeJson(reply)).toBe(JSON.stringify(reply));
    }),
  );
});

it('writes errors as they want to be written, and what is not there as null', async () => {
  const reply = [LONG, new RpcError(-32000, 'no', '0x01'), undefined, {}, []];
  expect(await writeJson(reply)).toBe(JSON.stringify(reply));
});

it('lets others have their turn', async () => {
  const items = Array.from({ length: 300_000 }, (_, pc) => ({ pc, op: 'JUMPDEST', stack: ['0x0', '0x1'] }));
  let isWriting = true;
  const written = writeJson(items).finally(() => {
    isWriting = false;
  });
  let turns = 0;
  while (isWriting) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  expect(turns).toBeGreaterThan(2);
  expect(await written).toBe(JSON.stringify(items));
});
