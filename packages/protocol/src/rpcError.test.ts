import { expect, it } from 'vitest';
import { RPC_CODES } from './codes.ts';
import { RpcError } from './rpcError.ts';

it('goes over the wire with code, message and data', () => {
  const error = new RpcError(RPC_CODES.reverted, 'execution reverted', '0x01');
  expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 3, message: 'execution reverted', data: '0x01' });
});

it('has no data where there is none', () => {
  const error = new RpcError(RPC_CODES.invalidParams, 'params[0]: expected an address');
  expect(JSON.stringify(error)).toBe('{"code":-32602,"message":"params[0]: expected an address"}');
});

it('is an Error with its cause', () => {
  const cause = new TypeError('below');
  const error = new RpcError(RPC_CODES.internal, 'internal error', undefined, { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('RpcError');
  expect(error.cause).toBe(cause);
});

it('has a number of its own for every kind of failure', () => {
  const codes = Object.values(RPC_CODES);
  expect(new Set(codes).size).toBe(codes.length);
});
