import type { Address } from '@ethereumjs/util';
import type { StateView } from '../state/stateView.ts';

interface AheadState {
  /** Of the last block that is worked out. */
  readonly base: StateView;
  readonly isRing: (address: Address) => boolean;
  /** The state itself, once it is worked out. */
  readonly worked: () => Promise<StateView>;
}

/** A state that is yet to be worked out: as the one before, but for what blocks write into their rings, and its hashes. */
export function aheadView({ base, isRing, worked }: AheadState): StateView {
  return {
    get root(): Uint8Array {
      throw new RangeError('the state root is yet to be worked out');
    },
    balance: (address) => base.balance(address),
    nonce: (address) => base.nonce(address),
    code: (address) => base.code(address),
    account: async (address) => (isRing(address) ? await worked() : base).account(address),
    storage: async (address, slot) => (isRing(address) ? await worked() : base).storage(address, slot),
    proof: async (address, slots) => (await worked()).proof(address, slots),
  };
}
