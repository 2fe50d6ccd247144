import { Account, createAccountFromRLP } from '@ethereumjs/util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeAccount, encodeAccount } from './accountCodec.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** Of every length, and at the borders between encodings. */
const integer = (bytes: number) =>
  fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * bytes) - 1n }),
    fc.nat(bytes * 8 - 1).map((bits) => 2n ** BigInt(bits)),
    fc.constantFrom(0n, 1n, 0x7fn, 0x80n, 0xffn),
  );

it('encodes and decodes accounts as the library does', () => {
  fc.assert(
    fc.property(integer(8), integer(32), hash, hash, (nonce, balance, storageRoot, codeHash) => {
      const account = new Account(nonce, balance, storageRoot, codeHash);
      const rlp = account.serialize();
      expect(encodeAccount(account)).toEqual(rlp);
      expect(decodeAccount(rlp)).toEqual(createAccountFromRLP(rlp));
    }),
    { numRuns: 2000 },
  );
});
