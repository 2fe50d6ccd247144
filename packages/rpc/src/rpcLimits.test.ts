import { expect, it } from 'vitest';
import { rpcLimits } from './rpcLimits.ts';

it('takes the limits among options, and the default for others', () => {
  const options = { maxBatch: 7, maxLogs: 0, clientVersion: 'x' };
  expect(rpcLimits(options)).toEqual({ ...rpcLimits({}), maxBatch: 7, maxLogs: 0 });
});
