import { RLP } from '@ethereumjs/rlp';
import { type Address, bytesToBigInt, concatBytes } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { account, address, bytes, GWEI, LATEST, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import { secp256k1 } from '../../crypto/crypto.ts';
import { keccak256 } from '../../crypto/keccak.ts';
import type { Authorization, CallRequest } from '../request.ts';

const start = useChains();

const FORKS = [
  ...['chainstart', 'homestead', 'tangerineWhistle', 'spuriousDragon', 'byzantium', 'constantinople', 'petersburg'],
  ...['istanbul', 'berlin', 'london', 'paris', 'shanghai', 'cancun', 'prague', 'osaka'],
];
/** A longer run with other numbers: `TRANSACTION_FUZZ_BLOCKS=200 TRANSACTION_FUZZ_SEED=7`. */
const BLOCKS = Number(process.env['TRANSACTION_FUZZ_BLOCKS'] ?? 6);
const SEED = Number(process.env['TRANSACTION_FUZZ_SEED'] ?? 1);
const PER_BLOCK = 8;

/** Contracts that do one thing each with the first word of their input; no opcode is newer than Frontier but where it fails. */
const CONTRACTS: Readonly<Record<string, string>> = {
  // Stores the first word in slot 0, the second in slot 1, and clears slot 2.
  c0: '0x60003560005560203560015560006002556001600355',
  // Logs with the first word as topic and data.
  c1: '0x60003560005260003560206000a160206000a000',
  // Reverts with a word; before Byzantium there is no REVERT.
  c2: '0x602a60005260206000fd',
  c3: '0xfe',
  // Destroys itself for the address in the first word.
  c4: '0x600035ff',
  // Calls the address in the first word with the second word as data and 3 wei.
  c5: '0x6020356000526000600060206000600360003561fffff160005500',
  // Creates a contract of one zero byte with 1 wei.
  c6: '0x6360016000600052600460006001f060005500',
  // Hashes, and looks at its surroundings.
  c7: '0x60206000204342414445464748' + '3a333234355a03010101',
  // Goes round until its gas is gone.
  c8: '0x5b600056',
  // Calls a contract that stores, by DELEGATECALL of Homestead.
  c9: '0x6000600060406000600073000000000000000000000000000000000000' + '00c061fffff450',
};
const NAMES = Object.keys(CONTRACTS);

/** Numbers that look random and are the same in each run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    state ^= state >>> 13;
    return (state >>> 0) % below;
  };
}

type Unsigned = Pick<Authorization, 'chainId' | 'address' | 'nonce'>;

function signAuthorization(privateKey: Uint8Array, { chainId, address: to, nonce }: Unsigned): Authorization {
  const message = concatBytes(Uint8Array.of(5), RLP.encode([chainId, to.bytes, nonce]));
  const { signature, recoveryBit } = secp256k1().sign(keccak256(message), privateKey);
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)].map((half) => bytesToBigInt(half)) as [
    bigint,
    bigint,
  ];
  return { chainId, address: to, nonce, yParity: recoveryBit, r, s };
}

class Session {
  readonly #chain: Chain;
  readonly #random: (below: number) => number;
  readonly #has: (eip: number) => boolean;

  constructor(chain: Chain, seed: number) {
    this.#chain = chain;
    this.#random = seeded(seed);
    const common = chain.hardforks.commonAt(1n, 2_000_000_000n);
    this.#has = (eip) => common.isActivatedEIP(eip);
  }

  async place(): Promise<void> {
    for (const [name, code] of Object.entries(CONTRACTS)) {
      await this.#chain.control.setCode(address(name), bytes(code));
      await this.#chain.control.setBalance(address(name), 1000n);
      await this.#chain.control.setStorage(address(name), word(2), word(7));
    }
  }

  /** As a transaction, or what only a call may be: from code, without a price, with blobs that nobody has. */
  call(): CallRequest {
    const request = this.request();
    const hash = new Uint8Array(32).fill(1);
    const blobs = { maxFeePerGas: 10n * GWEI, maxFeePerBlobGas: GWEI, blobVersionedHashes: [hash, hash] };
    if (this.#has(4844) && this.#random(5) === 0) return { from: request.from as Address, to: address('c7'), ...blobs };
    if (this.#random(3) > 0) return request;
    const { gasPrice: _1, maxFeePerGas: _2, maxPriorityFeePerGas: _3, ...free } = request;
    return { ...free, from: this.#someone() };
  }

  request(): CallRequest {
    const from = account(this.#chain, this.#random(3)).address;
    return { from, gasLimit: BigInt(60_000 + this.#random(200_000)), ...this.#target(), ...this.#kind() };
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random(list.length)] as T;
  }

  #someone(): Address {
    return this.#pick([
      address(this.#pick(NAMES)),
      address(`f${this.#random(4)}`),
      address('02'),
      address('04'),
      account(this.#chain, this.#random(3)).address,
      this.#chain.miner.coinbase,
    ]);
  }

  #target(): CallRequest {
    const value = this.#random(3) === 0 ? BigInt(this.#random(1000)) : 0n;
    if (this.#random(6) === 0) {
      // Returns its first bytes as code, or stores and fails, or returns nothing.
      return {
        data: bytes(
          this.#pick(['0x60206000f3', '0x600160005560ff60fe600a', '0x', '0x60ef60005360016000f3', '0x6000fe']),
        ),
        value,
      };
    }
    const words = [
      this.#random(2) === 0 ? this.#someone().bytes : new Uint8Array([this.#random(3)]),
      Uint8Array.of(this.#random(2)),
    ];
    const data = new Uint8Array(64);
    for (const [i, one] of words.entries()) data.set(one, 32 * i + 32 - one.length);
    return { to: this.#someone(), value, ...(this.#random(4) === 0 ? {} : { data }) };
  }

  #kind(): CallRequest {
    const keys = [word(0), word(1)];
    const accessList = [{ address: this.#someone().bytes, storageKeys: keys.slice(this.#random(3)) }];
    const prices = { maxFeePerGas: 10n * GWEI, maxPriorityFeePerGas: BigInt(this.#random(3)) };
    const kinds: CallRequest[] = [{ type: 0, gasPrice: 10n * GWEI }];
    if (this.#has(2930)) kinds.push({ type: 1, gasPrice: 10n * GWEI, accessList });
    if (this.#has(1559)) kinds.push({ type: 2, ...prices }, { type: 2, ...prices, accessList });
    if (this.#has(7702))
      kinds.push({ type: 4, to: this.#someone(), ...prices, authorizationList: this.#authorizations() });
    return this.#pick(kinds);
  }

  #authorizations() {
    return Array.from({ length: 1 + this.#random(2) }, () =>
      signAuthorization(account(this.#chain, this.#random(3)).privateKey, {
        chainId: this.#pick([0n, 31337n, 5n]),
        address: this.#pick([address('c0'), address('c4'), address('0')]),
        nonce: BigInt(this.#random(12)),
      }),
    );
  }
}

/** How often each outcome came about, over all forks: a session that only fails tests little. */
const outcomes = new Map<string, number>();
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

async function outcomeOf(run: Promise<unknown>): Promise<void> {
  try {
    await run;
    count('answered');
  } catch (error) {
    const { code } = (error as { fault: { code: string } }).fault;
    if (code === 'ENGINES_DIFFER') throw error;
    count(code);
  }
}

it.each(FORKS)('EthereumJS and the core agree on what transactions of %s do', async (hardfork) => {
  const chain = await start({ engine: 'verify', hardfork, mining: { type: 'manual' }, coinbase: address('cb') });
  const session = new Session(chain, SEED + FORKS.indexOf(hardfork));
  await session.place();
  for (let block = 0; block < BLOCKS; block++) {
    for (let i = 0; i < PER_BLOCK; i++) {
      await outcomeOf(chain.control.submit(session.request()));
      await outcomeOf(chain.execution.call(session.call(), LATEST));
      await outcomeOf(chain.execution.estimateGas(session.call(), LATEST));
    }
    const mined = await chain.miner.mine();
    for (const { status } of mined?.receipts ?? []) count(`status ${status}`);
  }
});

it('and they do all kinds of things', () => {
  expect(Object.fromEntries(outcomes)).toMatchObject({
    answered: expect.any(Number),
    HALTED: expect.any(Number),
    REVERTED: expect.any(Number),
    'status 0': expect.any(Number),
    'status 1': expect.any(Number),
    'status undefined': expect.any(Number),
  });
  for (const outcome of ['HALTED', 'status 0', 'status 1', 'status undefined']) {
    expect(outcomes.get(outcome), outcome).toBeGreaterThan(BLOCKS);
  }
});
