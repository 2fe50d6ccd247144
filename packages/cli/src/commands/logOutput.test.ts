import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { LogOutput } from './logOutput.ts';

function setup() {
  const written: string[] = [];
  let release: () => void = () => {};
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      written.push(text);
      release = () => done();
    },
  });
  return { output: new LogOutput(stream), written, stream, release: () => release() };
}

it('holds lines back until the first ones are there', () => {
  const { output, written, release } = setup();
  output.write('a\n');
  output.write('b\n');
  expect(written).toEqual([]);
  output.open('banner\n');
  release();
  release();
  release();
  output.write('c\n');
  expect(written.join('')).toBe('banner\na\nb\nc\n');
});

it('does not fill the memory for a reader that does not read', () => {
  const { output, stream } = setup();
  output.open('banner\n');
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let i = 0; i < 100; i++) output.write(megabyte);
  expect(stream.writableLength).toBeLessThan(6 * 1024 * 1024);
});
