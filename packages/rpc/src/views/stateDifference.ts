import type { AccountDifference, Change } from '@minichain/core';
import {
  type Data,
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcAccountDifference,
  type RpcChange,
} from '@minichain/protocol';

const change = <T, W>({ before, after }: Change<T>, view: (value: T) => W): RpcChange<W> => ({
  from: view(before),
  to: view(after),
});

const slotsView = (storage: AccountDifference['storage']): Record<string, RpcChange<Data>> =>
  Object.fromEntries(storage.map((one) => [hex(one.slot), change(one, hex)]));

/** An account as two states have it: what differs. */
export function accountDifferenceView({ address, ...rest }: AccountDifference): RpcAccountDifference {
  const { balance, nonce, code, storage } = rest;
  return {
    address: address.toString(),
    ...(balance === undefined ? {} : { balance: change(balance, quantity) }),
    ...(nonce === undefined ? {} : { nonce: change(nonce, quantity) }),
    ...(code === undefined ? {} : { code: change(code, hex) }),
    ...(storage.length === 0 ? {} : { storage: slotsView(storage) }),
  };
}
