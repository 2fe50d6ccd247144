import { RpcError } from '@minichain/protocol';
import { describe, expect, it } from 'vitest';
import { answerText } from './messageText.ts';

const internalError = () => new RpcError(-32603, 'internal error (reply-1)');
const reply = (text: string, result: unknown = true) =>
  answerText(text, {
    internalError,
    handle: async (message) => {
      const one = ({ id }: { id: unknown }) => ({ jsonrpc: '2.0', id, result });
      return Array.isArray(message) ? message.map(one) : one(message as { id: unknown });
    },
  });

describe('ids', () => {
  it.each([
    '1',
    '0',
    '9007199254740991',
    '9007199254740993',
    '18446744073709551615',
    '-9223372036854775808',
    '1.5',
    '1e400',
    '"9007199254740993"',
    '"\\u0000 \\"id\\":1"',
    'null',
  ])('come back as written: %s', async (id) => {
    expect(await reply(`{"jsonrpc":"2.0","id":${id},"method":"m"}`)).toBe(`{"jsonrpc":"2.0","id":${id},"result":true}`);
  });

  it('are found at their own place, past others of the same name', async () => {
    const members = [
      '{"id":1,"method":"m"}',
      '{"params":[{"id":7},"\\"id\\":8, ]}"],"id" : 1764000000000000001}',
      '{ "id" :\n1764000000000000003, "params":[[],{}] }',
    ];
    expect(await reply(`[${members.join(', ')}]`)).toBe(
      '[{"jsonrpc":"2.0","id":1,"result":true},{"jsonrpc":"2.0","id":1764000000000000001,"result":true},' +
        '{"jsonrpc":"2.0","id":1764000000000000003,"result":true}]',
    );
  });

  it('are rounded at worst when their key is written in escapes', async () => {
    const text = await reply('{"\\u0069d":9007199254740993,"method":"m"}');
    expect(JSON.parse(text as string).id).toBe(9007199254740992);
  });
});

describe('what cannot be read or written', () => {
  it.each(['', '{bad', '{"a":1}}', 'nonsense'])('is a parse error: %j', async (text) => {
    const parsed = JSON.parse((await reply(text)) as string);
    expect(parsed).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32700 } });
    expect(parsed.error.message).toMatch(/^parse error: /);
  });

  it('is an internal error of its own request, told without detail', async () => {
    expect(JSON.parse((await reply('{"id":5}', 1n)) as string)).toEqual({
      jsonrpc: '2.0',
      id: 5,
      error: { code: -32603, message: 'internal error (reply-1)' },
    });
  });

  it('asks for less when a reply is longer than a string can be', async () => {
    // As JSON.stringify does over half a gigabyte.
    const huge = {
      toJSON: () => {
        throw new RangeError('Invalid string length');
      },
    };
    expect(JSON.parse((await reply('{"id":5}', huge)) as string)).toMatchObject({
      id: 5,
      error: { code: -32005, message: expect.stringContaining('response too large') },
    });
  });
});

it('says nothing where there is nothing to say', async () => {
  expect(await answerText('{}', { handle: async () => undefined, internalError })).toBeUndefined();
});
