import { Address, type Chain, type ChainOptions, createChain, type GethGenesis } from '@minichain/core';
import { bytesFromHex, type Hex, type RpcMethodName, type RpcParams, type RpcResult } from '@minichain/protocol';

export const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
export const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
export const CAROL = '0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc';
/** Owns nothing and has no key here. */
export const STRANGER = '0x00000000000000000000000000000000000a11ce';

/** Returns its input. */
export const ECHO = '0x0000000000000000000000000000000000ec4000';
/** Reverts with its input. */
export const REVERTER = '0x0000000000000000000000000000000000badbad';
/** Runs into INVALID. */
export const INVALID = '0x000000000000000000000000000000000000fefe';
/** Loops until its gas is gone. */
export const LOOP = '0x0000000000000000000000000000000000100bed';
/** Without input returns slot 0, with input stores its first word there. */
export const STORE = '0x0000000000000000000000000000000000005704';
/** Logs its input under the topic 0x2a. */
export const LOGGER = '0x000000000000000000000000000000000010a9e0';

export const CODE = {
  [ECHO]: '0x365f5f37365ff3',
  [REVERTER]: '0x365f5f37365ffd',
  [INVALID]: '0xfe',
  [LOOP]: '0x5b5f56',
  [STORE]: '0x36600c575f545f5260205ff35b5f355f5500',
  [LOGGER]: '0x365f5f37602a365fa100',
} as const satisfies Record<Hex, Hex>;

/** Code that returns the block's time, its randomness, its number. */
export const TELL_TIME = '0x425f5260205ff3';
export const TELL_RANDAO = '0x445f5260205ff3';
export const TELL_NUMBER = '0x435f5260205ff3';

export const CLIENT_VERSION = 'anvil/minichain-v1.2.3';
export const GENESIS_TIME = 1_700_000_000n;
const GWEI = 10n ** 9n;
const WEI = 10n ** 18n;

/** Deterministic in place of random; starts over before every vector. */
export class Counter {
  #next = 0;

  bytes(length: number): Uint8Array {
    const out = new Uint8Array(length);
    out[length - 1] = ++this.#next;
    return out;
  }

  restart(): void {
    this.#next = 0;
  }
}

/** Written out, so that no change of what a new chain begins with changes a hash. */
export const GENESIS: GethGenesis = {
  config: {
    chainId: 31337,
    homesteadBlock: 0,
    eip150Block: 0,
    eip155Block: 0,
    byzantiumBlock: 0,
    constantinopleBlock: 0,
    petersburgBlock: 0,
    istanbulBlock: 0,
    berlinBlock: 0,
    londonBlock: 0,
    mergeNetsplitBlock: 0,
    shanghaiTime: 0,
    cancunTime: 0,
    pragueTime: 0,
    osakaTime: 0,
    terminalTotalDifficultyPassed: true,
  },
  alloc: {
    ...Object.fromEntries([ALICE, BOB, CAROL].map((who) => [who, { balance: (10_000n * WEI).toString() }])),
    ...Object.fromEntries(Object.entries(CODE).map(([at, code]) => [at, { code }])),
  },
  timestamp: Number(GENESIS_TIME),
  gasLimit: 30_000_000,
  baseFeePerGas: 1_000_000_000,
};

const fixed = (counter: Counter): ChainOptions => ({
  accounts: { count: 3 },
  now: () => Number(GENESIS_TIME) * 1000,
  randomBytes: (length) => counter.bytes(length),
});

/** Before EIP-1559, and without any block. */
export const createOldWorld = (counter: Counter): Promise<Chain> =>
  createChain({ ...fixed(counter), hardfork: 'berlin', timestamp: GENESIS_TIME });

/**
 * The chain that every vector starts from: contracts with one behaviour each and three blocks of one transaction each: a
 * transfer (type 2), a log (type 0), a stored word (type 1).
 */
export async function createWorld(counter: Counter): Promise<Chain> {
  const chain = await createChain({ ...fixed(counter), genesis: GENESIS });
  const at = (hex: Hex): Address => new Address(bytesFromHex(hex));
  await chain.control.submit({
    from: at(ALICE),
    to: at(BOB),
    value: WEI,
    gasLimit: 21_000n,
    maxFeePerGas: 3n * GWEI,
    maxPriorityFeePerGas: GWEI,
  });
  await chain.control.submit({
    from: at(ALICE),
    to: at(LOGGER),
    data: Uint8Array.of(0xbe, 0xef),
    gasLimit: 50_000n,
    gasPrice: 2n * GWEI,
  });
  await chain.control.submit({
    from: at(BOB),
    to: at(STORE),
    data: new Uint8Array(32).fill(7, 31),
    gasLimit: 60_000n,
    gasPrice: 2n * GWEI,
    accessList: [{ address: at(STORE).bytes, storageKeys: [new Uint8Array(32)] }],
  });
  return chain;
}

/** How a vector reaches the node. */
export type Way = 'in process' | 'HTTP' | 'batch' | 'WebSocket';

/** A request by the way, with what it must answer. */
export type Step = readonly [method: RpcMethodName, params: readonly unknown[]];
export type Check = readonly [...Step, result: unknown];

interface Circumstances {
  /** What is special here. */
  readonly when?: string;
  /** Sent first; each must succeed. */
  readonly before?: readonly Step[];
  /** Sent before that; each must be refused. */
  readonly refused?: readonly Step[];
  /** Sent afterwards: what has changed. */
  readonly after?: readonly Check[];
  /** A chain of its own: the vector sees or touches what a snapshot does not keep. Or one from before EIP-1559. */
  readonly world?: 'fresh' | 'old';
  /** Default: every way. */
  readonly via?: readonly Way[];
}

export interface Success<N extends RpcMethodName> extends Circumstances {
  readonly params: Readonly<RpcParams<N>>;
  /** Asserted whole; a pattern where the bytes are not ours to choose (compression). */
  readonly result: RpcResult<N> | RegExp;
  /** What the documentation shows where `result` has patterns in it. The first vector that succeeds is the method's example. */
  readonly shown?: RpcResult<N>;
}

export interface Failure extends Circumstances {
  readonly params: readonly unknown[];
  readonly error: { readonly code: number; readonly message: string; readonly data?: unknown };
}

type Some<T> = readonly [T, ...T[]];

/**
 * At least one success and one failure for every method of a topic; a method that always refuses has no success.
 * A method without them does not compile.
 */
export type Vectors<T> = {
  readonly [N in keyof T & RpcMethodName]: {
    readonly succeeds: [RpcResult<N>] extends [never] ? readonly [] : Some<Success<N>>;
    readonly fails: Some<Failure>;
  };
};

/** What a revert can return: `Error("no")`, a panic of overflow, a custom error with the argument 7. */
export const ERROR_NO =
  '0x08c379a0000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000026e6f000000000000000000000000000000000000000000000000000000000000';
export const PANIC_11 = '0x4e487b710000000000000000000000000000000000000000000000000000000000000011';
export const CUSTOM_7 = '0xdeadbeef0000000000000000000000000000000000000000000000000000000000000007';

/** What a method without parameters says to one. */
export const UNWANTED = {
  params: [1],
  error: { code: -32602, message: 'too many arguments, want at most 0, got 1' },
} as const satisfies Failure;
export const NO_BLOCK_9 = { code: -32001, message: 'block not found: number 9; the latest block is 3' } as const;
export const NO_BLOCK_NOWHERE = {
  code: -32001,
  message:
    'block not found: hash 0x00000000000000000000000000000000000000000000000000000000deadbeef; the latest block is 3',
} as const;

export const TX_TRANSFER = '0x21f97614e3117d6e9083ba46b8b2be20c428008e5f6801adcc19fc00741833a6';
export const TX_LOG = '0x84ce847a8dff412eb6a3a3f5d49a9df1a6ce0307721bf6e162cbbb42952d78ff';
export const TX_STORE = '0x27205f0e1840cfdf9b7abc4741d14037a3bf19ee9ce199a63794ddd6cbabfacd';
export const BLOCK_0 = '0xa2428581d9eacb7edf0a20ebc6f5c495e1b9e8ffb42f1674317e918ccac4777b';
export const BLOCK_1 = '0x47e0bf63213bffaf55f9a50e1859ec8813edcf172fc1c60be3717cb996b236a7';
export const BLOCK_2 = '0x03f51dcdddd59827579268f7c56d9f34079c66f4fc16aac26900ac09330f3b80';
export const BLOCK_3 = '0x92ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7';

export const ONE_ETH = '0xde0b6b3a7640000';
export const ZERO_WORD = '0x0000000000000000000000000000000000000000000000000000000000000000';
export const WORD_7 = '0x0000000000000000000000000000000000000000000000000000000000000007';
export const TOPIC = '0x000000000000000000000000000000000000000000000000000000000000002a';
/** The hash of nothing that is here. */
export const NOWHERE = '0x00000000000000000000000000000000000000000000000000000000deadbeef';
export const EMPTY_ROOT = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';
export const NO_UNCLES = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347';
export const NO_CODE_HASH = '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470';
export const NO_REQUESTS = '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
export const EMPTY_BLOOM: Hex = `0x${'0'.repeat(512)}`;
export const LOG_BLOOM =
  '0x00000000000000000000000000000000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000000001000000000000000000000000000000000100000000000000000000000000020000000000000000000000000000000000000';
