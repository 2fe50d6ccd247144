import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonStream } from './jsonStream.ts';

/** Pushed in pieces of a length. */
function cut(text: string, length: number): string[] {
  const stream = new JsonStream();
  const bytes = Buffer.from(text);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at += length) found.push(...stream.push(bytes.subarray(at, at + length)));
  return found;
}

describe('a stream of JSON values', () => {
  it('is cut into them, whatever stands between and however it arrives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.object(), fc.array(fc.jsonValue())), { maxLength: 6 }),
        fc.constantFrom('', '\n', ' \r\n\t'),
        fc.integer({ min: 1, max: 40 }),
        (values, between, length) => {
          const texts = values.map((value) => JSON.stringify(value));
          expect(cut(texts.join(between) + between, length)).toEqual(texts);
        },
      ),
    );
  });

  it('takes quotes, backslashes and brackets in strings for what they are', () => {
    const texts = ['{"a":"}{\\"]["}', '["\\\\"]', '{"ü":"💥"}'];
    for (const length of [1, 2, 3, 100]) expect(cut(texts.join(''), length)).toEqual(texts);
  });

  it('loses one line to what is no value, and no more', () => {
    expect(cut('nonsense {\n{"id":1}\n}\n[2]', 5)).toEqual(['nonsense {', '{"id":1}', '}', '[2]']);
  });

  it('hands out what is balanced and wrong, for the parser to say so', () => {
    expect(cut('{"a":,}{"b":1}[}', 4)).toEqual(['{"a":,}', '{"b":1}', '[}']);
  });

  it('knows how much of a value waits for the rest', () => {
    const stream = new JsonStream();
    expect(stream.push(Buffer.from('{"a":1} {"b":'))).toEqual(['{"a":1}']);
    stream.push(Buffer.from('"'));
    expect(stream.pending).toBe(6);
  });
});
