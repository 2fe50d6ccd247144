import { hexToBytes } from '@ethereumjs/util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { address, openHardforks } from '../../chain.fixture.ts';
import { floorGasOf } from '../../transactions/floorGas.ts';
import { txFromRequest } from '../../transactions/txData.ts';
import type { CallRequest } from '../request.ts';
import { forkRules } from './forkRules.ts';
import { gasBounds } from './intrinsicGas.ts';

const FORKS = ['chainstart', 'homestead', 'istanbul', 'berlin', 'london', 'shanghai', 'cancun', 'prague', 'osaka'];

const keys = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 3 });
const entry = fc.record({ address: fc.uint8Array({ minLength: 20, maxLength: 20 }), storageKeys: keys });
const authorization = fc.constant({ chainId: 1n, address: address('aa'), nonce: 0n, yParity: 0, r: 1n, s: 1n });
const request = fc.record({
  data: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  isCreate: fc.boolean(),
  accessList: fc.option(fc.array(entry, { maxLength: 3 }), { nil: undefined }),
  authorizations: fc.array(authorization, { maxLength: 2 }),
});

it.each(FORKS)('is under %s what the library says', async (fork) => {
  const common = (await openHardforks(fork)).commonAt(1n, 1n);
  const has = (eip: number): boolean => common.isActivatedEIP(eip);
  fc.assert(
    fc.property(request, ({ data, isCreate, accessList, authorizations }) => {
      const isDelegating = has(7702) && authorizations.length > 0;
      const fields: CallRequest = {
        data,
        gasLimit: 10_000_000n,
        to: isCreate && !isDelegating ? null : address('bb'),
        ...(has(2930) && accessList !== undefined ? { accessList } : {}),
        ...(isDelegating ? { authorizationList: authorizations } : {}),
      };
      const tx = txFromRequest(fields, { common });
      const bounds = gasBounds(tx, forkRules(common));
      expect(bounds).toEqual({ intrinsic: tx.getIntrinsicGas(), floor: floorGasOf(tx, common) });
    }),
  );
});

it('charges initcode by the word, and its floor by the token', async () => {
  const rules = forkRules((await openHardforks('prague')).commonAt(1n, 1n));
  const data = hexToBytes(`0x00${'01'.repeat(32)}`);
  const fields = { type: 2, nonce: 0n, gasLimit: 0n, value: 0n, data };
  // 21,000 and 32,000 for a creation, 4 for a zero and 16 for any other byte, 2 for each of two words.
  expect(gasBounds(fields, rules)).toEqual({ intrinsic: 53_000n + 4n + 32n * 16n + 4n, floor: 21_000n + 129n * 10n });
});
