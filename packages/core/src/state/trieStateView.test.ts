import { verifyMerkleProof } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { address, LATEST, place, useChains, word } from '../chain.fixture.ts';
import { keccak256 } from '../crypto/keccak.ts';

const start = useChains();
const A = address('aa');
const options = { useKeyHashing: true, useKeyHashingFunction: keccak256 };

describe('proofs (EIP-1186)', () => {
  it('lead from the state root to the account and on to its slots', async () => {
    const chain = await start();
    await place(chain, A, '0x00');
    for (let i = 1; i <= 40; i++) await chain.control.setStorage(A, word(i), word(i * i));
    const view = await chain.state.at(LATEST);
    const proof = await view.proof(A, [word(7), word(999)]);
    const account = await verifyMerkleProof(A.bytes, [...proof.accountProof], { root: view.root, ...options } as never);
    const fields = RLP.decode(account as Uint8Array) as Uint8Array[];
    expect(fields[2]).toEqual(proof.storageRoot);
    expect(fields[3]).toEqual(proof.codeHash);
    const [known, unknown] = proof.storageProof;
    expect(known).toMatchObject({ slot: word(7), value: 49n });
    const root = proof.storageRoot;
    const value = await verifyMerkleProof(word(7), [...(known?.proof ?? [])], { root, ...options } as never);
    expect(RLP.decode(value as Uint8Array)).toEqual(Uint8Array.of(49));
    expect(unknown).toMatchObject({ value: 0n });
    expect(await verifyMerkleProof(word(999), [...(unknown?.proof ?? [])], { root, ...options } as never)).toBeNull();
  });

  it('show that an account is not there', async () => {
    const chain = await start();
    const view = await chain.state.at(LATEST);
    const proof = await view.proof(address('dead'), [word(1)]);
    expect(proof).toMatchObject({ exists: false, balance: 0n, codeHash: KECCAK256_NULL, storageRoot: KECCAK256_RLP });
    expect(proof.storageProof).toEqual([{ slot: word(1), value: 0n, proof: [] }]);
    const found = await verifyMerkleProof(address('dead').bytes, [...proof.accountProof], {
      root: view.root,
      ...options,
    } as never);
    expect(found).toBeNull();
  });
});
