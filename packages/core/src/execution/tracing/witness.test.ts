import { type Block, createBlockHeaderFromBytesArray } from '@ethereumjs/block';
import { createMPT } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { MerkleStateManager } from '@ethereumjs/statemanager';
import { type Address, bytesToUnprefixedHex, MapDB } from '@ethereumjs/util';
import { createVM, runBlock } from '@ethereumjs/vm';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, GWEI, place, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import { keccak256 } from '../../crypto/keccak.ts';
import type { ExecutionWitness } from './traceTypes.ts';

const start = useChains();

/** Executes a block with EthereumJS on nothing but its witness. @returns the root of the state after it. */
async function executeStateless(block: Block, witness: ExecutionWitness): Promise<Uint8Array> {
  const { common } = block;
  const db = new MapDB<string, string>();
  for (const node of witness.state) await db.put(bytesToUnprefixedHex(keccak256(node)), bytesToUnprefixedHex(node));
  for (const code of witness.codes)
    await db.put(`63${bytesToUnprefixedHex(keccak256(code))}`, bytesToUnprefixedHex(code));
  const headers = witness.headers.map((rlp) =>
    createBlockHeaderFromBytesArray(RLP.decode(rlp) as Uint8Array[], { common }),
  );
  const parent = headers.at(-1);
  const trie = await createMPT({ db: db as never, root: parent?.stateRoot as Uint8Array, useKeyHashing: true });
  const stateManager = new MerkleStateManager({ trie, common });
  const blockchain = {
    getBlock: async (number: bigint | number) => {
      const found = headers.find((header) => header.number === BigInt(number));
      if (found === undefined) throw new RangeError(`the witness has no header ${number}`);
      return { hash: () => keccak256(found.serialize()) };
    },
    putBlock: async () => {},
    shallowCopy: () => blockchain,
  };
  const vm = await createVM({ common, stateManager, blockchain: blockchain as never });
  await runBlock(vm, { block, generate: false, skipBlockValidation: true, skipHeaderValidation: true });
  return stateManager.getStateRoot();
}

async function verify(chain: Chain, number: bigint): Promise<ExecutionWitness> {
  const executed = await chain.chain.require({ number });
  const witness = await chain.execution.witness(executed);
  expect(await executeStateless(executed.block, witness)).toEqual(executed.block.header.stateRoot);
  return witness;
}

describe('an execution witness', () => {
  it('is all that EthereumJS needs to execute the block', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    // Stores the second word of its input at the slot in the first.
    await place(chain, address('57'), '0x602035600035556000');
    // Stores BLOCKHASH of the block three before.
    await place(chain, address('b1'), '0x6003430340600055');
    // Looks at the balance and the code of others, and creates a contract.
    await place(chain, address('1c'), '0x60aa3160573b60b13f636001600052600460006001f050');
    await chain.miner.mine({ blocks: 3 });
    const send = (to: Address, data: Uint8Array = new Uint8Array(), value = 0n) =>
      chain.control.submit({
        from: account(chain).address,
        to,
        data,
        value,
        gasLimit: 300_000n,
        maxFeePerGas: 100n * GWEI,
      });
    const store = (slot: bigint, value: bigint) =>
      send(address('57'), bytes(`0x${word(slot).reduce(hexed, '')}${word(value).reduce(hexed, '')}`));
    for (let slot = 0n; slot < 40n; slot++) await store(slot, slot + 1n);
    await send(address('1c'), undefined, 5n);
    await chain.miner.mine();
    await verify(chain, 4n);
    // Takes slots away, so that branches of the trie collapse.
    for (let slot = 0n; slot < 39n; slot++) await store(slot, 0n);
    await send(address('b1'));
    await send(address('a1'), undefined, 1n);
    await chain.miner.mine();
    const witness = await verify(chain, 5n);
    expect(witness.headers).toHaveLength(3);
    expect(witness.keys).toContainEqual(address('57').bytes);
    expect(witness.keys).toContainEqual(word(38));
    expect(witness.codes).toHaveLength(new Set(witness.codes.map((code) => bytesToUnprefixedHex(code))).size);
  });

  it('is for nobody where a setter changed what the block began with', async () => {
    const chain = await start();
    await chain.control.setBalance(address('aa'), 1n);
    await chain.miner.mine();
    await expect(chain.execution.witness(chain.chain.head)).rejects.toThrow('changed by a setter');
    await chain.miner.mine();
    await verify(chain, 2n);
  });

  it('has the contracts that the block itself writes to', async () => {
    const chain = await start();
    await chain.miner.mine({ blocks: 2 });
    const witness = await verify(chain, 2n);
    expect(witness.keys).toContainEqual(bytes('0x0000f90827f1c53a10cb7a02335b175320002935'));
  });
});

const hexed = (text: string, byte: number): string => text + byte.toString(16).padStart(2, '0');
