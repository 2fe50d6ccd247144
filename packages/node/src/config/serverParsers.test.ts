import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ipcPath, namespaces } from './serverParsers.ts';

describe('namespaces', () => {
  it.each<[string, object]>([
    ['eth', { http: ['eth'], ws: ['eth'], ipc: ['eth'] }],
    [' eth , net ', { http: ['eth', 'net'], ws: ['eth', 'net'], ipc: ['eth', 'net'] }],
    ['all', {}],
    ['http=eth', { http: ['eth'] }],
    ['http=eth,net;ws=all', { http: ['eth', 'net'] }],
    ['eth;ipc=all', { http: ['eth'], ws: ['eth'] }],
    ['eth;ws=eth,debug', { http: ['eth'], ws: ['eth', 'debug'], ipc: ['eth'] }],
  ])('of "%s"', (text, offered) => expect(namespaces(text)).toEqual(offered));

  it.each(['', 'eth,', 'Eth', 'eth net', 'http=', 'http=eth;', 'tcp=eth', 'http=eth=net,', 'eth_call'])(
    'cannot be read from "%s"',
    (text) => expect(() => namespaces(text)).toThrow('expected'),
  );
});

it('the path of the socket is where it is told to be, or in no folder of the user', () => {
  expect(ipcPath('/tmp/x.ipc')).toBe('/tmp/x.ipc');
  expect(isAbsolute(ipcPath('default'))).toBe(true);
  expect(ipcPath('default')).toMatch(/minichain\.ipc$/);
});
