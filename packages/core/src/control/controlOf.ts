import { bytesToUnprefixedHex } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { Chain } from '../chain/chain.ts';
import type { Control } from '../contract.ts';
import { impersonatedSignatures } from '../crypto/impersonatedSignatures.ts';
import type { ChainEvents } from '../events.ts';
import type { HardforkControl } from '../hardforks/createHardforks.ts';
import type { Lane } from '../lane.ts';
import type { Miner } from '../mining/miner.ts';
import { type BuildModules, buildBlock } from './buildBlock.ts';
import type { StateEdits } from './edits.ts';
import { type LoadModules, StateLoading } from './loadState.ts';
import { createReorg } from './reorg.ts';
import type { TransactionSubmitter } from './submitTransaction.ts';

interface ControlModules extends BuildModules, LoadModules {
  readonly miner: Miner;
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly submitter: TransactionSubmitter;
  readonly edits: StateEdits;
  readonly lane: Lane;
  readonly hardforks: HardforkControl;
  readonly events: ChainEvents;
}

/** What can be done to a chain, but for the reset: each line names the owner that does it. */
export function controlOf(modules: ControlModules): Omit<Control, 'reset'> {
  const { submitter, edits, lane, events, pool, hardforks, chain } = modules;
  const loading = new StateLoading(modules);
  return {
    submitRaw: (raw, isAllowed) => submitter.submitRaw(raw, isAllowed),
    submit: (request) => submitter.submit(request),
    submitUnsigned: (request) => submitter.submitUnsigned(request),
    fill: (request) => submitter.fill(request),
    signTransaction: (request) => submitter.signTransaction(request),
    dropTransaction: (hash) => lane.run(() => pool.drop(hash, 'removed', 'dropped on request')),
    dropAllTransactions: () => lane.run(() => pool.dropAll('dropped on request')),
    setBalance: (address, wei) => edits.setBalance(address, wei),
    addBalance: (address, wei) => edits.addBalance(address, wei),
    setNonce: (address, nonce) => edits.setNonce(address, nonce),
    setCode: (address, code) => edits.setCode(address, code),
    setStorage: (address, slot, value) => edits.setStorage(address, slot, value),
    settledHead: () => lane.run(() => chain.head),
    loadState: (state) => loading.load(state),
    ...createReorg(modules),
    setChainId: (chainId) => {
      hardforks.setChainId(chainId);
      events.emit('chainIdChanged', chainId);
    },
    impersonateSignature: (signature, address) => {
      const { customCrypto } = hardforks.commonAt(0n, 0n);
      impersonatedSignatures(customCrypto).set(bytesToUnprefixedHex(signature), address.bytes);
    },
    buildBlock: (request) => buildBlock(request, modules),
  };
}
