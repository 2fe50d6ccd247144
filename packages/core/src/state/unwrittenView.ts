import type { Address } from '@ethereumjs/util';
import type { StateView } from './stateView.ts';

interface UnwrittenState {
  /** Left out when it is yet to be worked out. */
  readonly root?: Uint8Array;
  /** Of the last block before the run. */
  readonly base: StateView;
  readonly isRing: (address: Address) => boolean;
  /** The state itself, once it is worked out. */
  readonly worked: () => Promise<StateView>;
}

/** A state in a run of empty blocks: as the one before them, but for what they write into their rings, and its hashes. */
export function unwrittenView({ root, base, isRing, worked }: UnwrittenState): StateView {
  return {
    get root(): Uint8Array {
      if (root === undefined) throw new RangeError('the state root is yet to be worked out');
      return root;
    },
    balance: (address) => base.balance(address),
    nonce: (address) => base.nonce(address),
    code: (address) => base.code(address),
    account: async (address) => (isRing(address) ? await worked() : base).account(address),
    storage: async (address, slot) => (isRing(address) ? await worked() : base).storage(address, slot),
    proof: async (address, slots) => (await worked()).proof(address, slots),
  };
}
