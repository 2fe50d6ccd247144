import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, LATEST, useChains, word } from '../chain.fixture.ts';
import type { GethGenesis } from '../chainOptions.ts';
import { createChain } from '../createChain.ts';

const start = useChains();
const SYSTEM = ['000f3df6d732807ef1319fb7b8bb8522d0beac02', '0000f90827f1c53a10cb7a02335b175320002935'];
const QUEUES = ['00000961ef480eb55e80d19ad83579a64c007002', '0000bbddc7ce488642fb579f8b00f3a590007251'];
const CREATE2 = '4e59b44847b379578588920ca78fbf26c0b4956c';

const MERGED = { shanghaiTime: 0, cancunTime: 0, pragueTime: 0, terminalTotalDifficulty: 0 };
const genesisOf = (fields: Partial<GethGenesis>): GethGenesis => ({
  config: { chainId: 7, ...MERGED },
  alloc: {},
  ...fields,
});

describe('a genesis of our own', () => {
  it('has the dev accounts, the CREATE2 deployer and the system contracts of the fork', async () => {
    const chain = await start({ accounts: { count: 2, balance: 5n } });
    const state = await chain.state.at(LATEST);
    expect(await state.balance(account(chain, 1).address)).toBe(5n);
    for (const hex of [...SYSTEM, ...QUEUES, CREATE2])
      expect((await state.code(address(hex))).length).toBeGreaterThan(50);
    expect(chain.chain.genesis.block.header).toMatchObject({ gasLimit: 30_000_000n, baseFeePerGas: 10n ** 9n });
  });

  it.each([
    ['shanghai', []],
    ['cancun', [SYSTEM[0]]],
    ['prague', [...SYSTEM, ...QUEUES]],
  ])('under %s has the contracts that the fork has', async (hardfork, expected) => {
    const state = await (await start({ hardfork })).state.at(LATEST);
    const all = [...SYSTEM, ...QUEUES];
    const found = await Promise.all(all.map(async (hex) => ((await state.code(address(hex))).length > 0 ? [hex] : [])));
    expect(found.flat()).toEqual(expected);
  });

  it('has none of them when they are not wanted', async () => {
    const chain = await start({ systemContracts: false, create2Deployer: false, accounts: { count: 0 } });
    expect(bytesToHex(chain.chain.genesis.stateRoot)).toBe(
      '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
    );
  });
});

describe('a geth genesis', () => {
  it('is read whole: accounts, code, storage and header', async () => {
    const chain = await start({
      genesis: genesisOf({
        alloc: {
          '00000000000000000000000000000000000000aa': { balance: '0x10', nonce: '0x3' },
          '0x00000000000000000000000000000000000000bb': { balance: '255', code: '0x60', storage: { '0x1': '0x02' } },
        },
        timestamp: '0x10',
        gasLimit: 12_345_678,
        extraData: '0x1234',
        coinbase: `0x${'cc'.repeat(20)}`,
        mixHash: `0x${'dd'.repeat(32)}`,
        baseFeePerGas: '0x7',
        excessBlobGas: '0x20000',
      }),
    });
    const state = await chain.state.at(LATEST);
    expect(await state.account(address('aa'))).toMatchObject({ balance: 16n, nonce: 3n });
    expect(await state.account(address('bb'))).toMatchObject({ balance: 255n });
    expect(await state.code(address('bb'))).toEqual(Uint8Array.of(0x60));
    expect(await state.storage(address('bb'), word(1))).toEqual(word(2));
    expect(chain.chainId()).toBe(7n);
    expect(chain.chain.genesis.block.header).toMatchObject({
      timestamp: 16n,
      gasLimit: 12_345_678n,
      extraData: bytes('0x1234'),
      mixHash: new Uint8Array(32).fill(0xdd),
      baseFeePerGas: 7n,
      excessBlobGas: 0x20000n,
    });
  });

  it.each([
    ['0x0', '0x0000000000000000'],
    ['0x42', '0x0000000000000042'],
    ['0x0000000000000042', '0x0000000000000042'],
    ['66', '0x0000000000000042'],
  ])('takes the nonce %s as a number, however it is written', async (nonce, expected) => {
    const chain = await start({ genesis: genesisOf({ nonce, config: { chainId: 7 }, difficulty: '0x1' }) });
    expect(bytesToHex(chain.chain.genesis.block.header.nonce)).toBe(expected);
  });

  it.each<[string, Partial<GethGenesis>]>([
    ['alloc.0x12', { alloc: { '0x12': {} } }],
    ['alloc.0xzz', { alloc: { '0xzz': {} } }],
    ['.balance', { alloc: { [`0x${'aa'.repeat(20)}`]: { balance: 'ten' } } }],
    ['.code', { alloc: { [`0x${'aa'.repeat(20)}`]: { code: '0x6' } } }],
    ['extraData', { extraData: 'hello' }],
    ['nonce', { nonce: 'first' }],
    ['baseFeePerGas', { baseFeePerGas: 'low' }],
  ])('names what it cannot read: %s', async (name, fields) => {
    const fault = (await faultOf(createChain({ genesis: genesisOf(fields) }))) as { code: string; detail: string };
    expect(fault.code).toBe('GENESIS_INVALID');
    expect(fault.detail).toContain(name);
  });

  it('keeps the mainnet genesis of a chain that is old: the well-known hash of an empty Frontier block', async () => {
    const chain = await start({
      genesis: {
        config: { chainId: 1 },
        alloc: {},
        difficulty: '0x400000000',
        gasLimit: 5000,
        nonce: '0x42',
        timestamp: 0,
      },
    });
    const { header } = chain.chain.genesis.block;
    expect(header.difficulty).toBe(0x400000000n);
    expect(header.baseFeePerGas).toBeUndefined();
    expect(header.withdrawalsRoot).toBeUndefined();
  });
});
