import { Address } from '@minichain/core';
import { expect, it } from 'vitest';
import { checkNodeOptions, type NodeOptions } from './nodeOptions.ts';

const COINBASE = '0x00000000000000000000000000000000000000aa';

it('turns numbers into bigints and an address into bytes, and leaves the rest', () => {
  const { chain, ...rest } = checkNodeOptions({
    chain: {
      chainId: 1,
      gasLimit: 5n,
      accounts: { count: 2, balance: 3 },
      coinbase: COINBASE,
      mining: { type: 'interval', intervalMs: 0.5 },
      codeSizeLimit: Number.POSITIVE_INFINITY,
    },
    server: { port: 0, cors: '*' },
    maxBatch: 7,
  });
  expect(chain?.coinbase?.toString()).toBe(COINBASE);
  expect({ ...chain, coinbase: undefined }).toEqual({
    chainId: 1n,
    gasLimit: 5n,
    accounts: { count: 2, balance: 3n },
    coinbase: undefined,
    mining: { type: 'interval', intervalMs: 0.5 },
    codeSizeLimit: Number.POSITIVE_INFINITY,
  });
  expect(rest).toEqual({ server: { port: 0, cors: '*' }, maxBatch: 7 });
});

it('counts what is undefined as left out', () => {
  expect(checkNodeOptions({ chain: { chainId: undefined }, server: undefined } as never)).toEqual({ chain: {} });
});

it('takes an address of the library', () => {
  const coinbase = new Address(new Uint8Array(20));
  expect(checkNodeOptions({ chain: { coinbase } }).chain?.coinbase).toBe(coinbase);
});

it('takes no server at all', () => {
  expect(checkNodeOptions({ server: false })).toEqual({ server: false });
});

it.each([
  [{ chain: { chainId: '1' } }, "options.chain.chainId: expected a whole number of at least 1, got '1'"],
  [{ chain: { chainId: 0n } }, 'options.chain.chainId: expected a whole number of at least 1, got 0n'],
  [{ chain: { gasLimit: 1.5 } }, 'options.chain.gasLimit: expected a whole number of at least 1, got 1.5'],
  [
    { chain: { accounts: { balance: -1 } } },
    'options.chain.accounts.balance: expected a whole number of at least 0, got -1',
  ],
  [{ chain: { coinbase: '0x12' } }, "options.chain.coinbase: expected an address (0x and 40 hex digits), got '0x12'"],
  [
    { chain: { mining: { type: 'interval' } } },
    /^options\.chain\.mining: expected .* interval above 0, got \{ type: 'interval' \}$/,
  ],
  [{ chain: { mining: 'manual' } }, /^options\.chain\.mining: expected .*, got 'manual'$/],
  [{ chain: { order: 'random' } }, `options.chain.order: expected 'fees' or 'fifo', got 'random'`],
  [{ server: { port: 70_000 } }, 'options.server.port: expected a port from 0 to 65535, got 70000'],
  [{ server: { cors: 'http://a' } }, `options.server.cors: expected '*' or a list of origins, got 'http://a'`],
  [{ server: true }, 'options.server: expected an object, got true'],
  [{ onRequest: 'x' }, "options.onRequest: expected a function, got 'x'"],
  [{ port: 8545 }, 'options.port: there is no such option; did you mean server.port?'],
  [{ chainId: 1n }, 'options.chainId: there is no such option; did you mean chain.chainId?'],
  [
    { chain: { mnemonic: 'a b' } },
    'options.chain.mnemonic: there is no such option; did you mean chain.accounts.mnemonic?',
  ],
  [{ server: { ports: 1 } }, /^options\.server\.ports: there is no such option; known here: host, port, /],
  [7, 'options: expected an object, got 7'],
  [{ chain: { mining: { type: 'mixed', intervalMs: 5n } } }, /got \{ type: 'mixed', intervalMs: 5n \}$/],
])('refuses %o and says what is wrong', (options, message) => {
  expect(() => checkNodeOptions(options as NodeOptions)).toThrow(message);
  expect(() => checkNodeOptions(options as NodeOptions)).toThrow(expect.objectContaining({ name: 'ConfigError' }));
});
