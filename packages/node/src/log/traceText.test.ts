import { createChain, type MessageTrace } from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { beforeAll, expect, it } from 'vitest';
import { traceLines } from './traceText.ts';

beforeAll(async () => {
  // Loads keccak.
  await (await createChain()).close();
});

const address = (digit: string): Uint8Array => bytesFromHex(`0x${digit.repeat(40)}`);
const message = (given: Partial<MessageTrace> = {}): MessageTrace => ({
  ...{ kind: 'CALL', from: address('0'), to: address('1'), value: 0n, gas: 100n, gasUsed: 7n },
  ...{ input: new Uint8Array(), output: new Uint8Array(), calls: [] },
  ...given,
});
const [ONE, TWO] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`];

it('draws what was called by what, and what came of it', () => {
  const returned = message({ to: address('2'), kind: 'STATICCALL', output: bytesFromHex('0x0102') });
  const failed = message({ input: bytesFromHex('0x12345678'), error: 'execution reverted: no\u001b[2J', value: 5n });
  const top = message({ calls: [message({ to: address('2'), calls: [returned] }), failed], gasUsed: 90n });
  expect(traceLines(top)).toEqual([
    `[90] ${ONE}`,
    `├─ [7] ${TWO}`,
    `│  └─ [7] ${TWO} [staticcall]`,
    '│     └─ ← 0x0102',
    `└─ [7] ${ONE}::0x12345678 {value: 5 wei}`,
    '   └─ ← execution reverted: no\\x1b[2J',
  ]);
});

it('shows contracts that are made, or not', () => {
  const made = message({ kind: 'CREATE2', input: bytesFromHex('0x00'), output: new Uint8Array(300) });
  expect(traceLines(made)).toEqual([`[7] new ${ONE} [create2]`, '└─ ← 300 bytes of code']);
  const { to: _, ...nowhere } = message({ kind: 'CREATE', error: 'EVM error OutOfGas: out of gas' });
  expect(traceLines({ ...nowhere, to: undefined })).toEqual([
    '[7] new contract that was not created [create]',
    '└─ ← EVM error OutOfGas: out of gas',
  ]);
});

it('keeps long outputs short, and shows odd input whole', () => {
  expect(traceLines(message({ output: new Uint8Array(65) }))).toEqual([`[7] ${ONE}`, '└─ ← 65 bytes']);
  expect(traceLines(message({ input: bytesFromHex('0x0102') }))).toEqual([`[7] ${ONE}::0x0102`]);
});

it('reads console calls', () => {
  const to = bytesFromHex('0x000000000000000000636f6e736f6c652e6c6f67');
  const call = (data: string) => traceLines(message({ to, input: bytesFromHex(`0x${data}`), kind: 'STATICCALL' }));
  expect(call(`f82c50f1${'5'.padStart(64, '0')}`)).toEqual(['console.log: 5']);
  expect(call('12345678')).toEqual(['[7] 0x000000000000000000636F6e736F6c652e6c6f67::0x12345678 [staticcall]']);
});
