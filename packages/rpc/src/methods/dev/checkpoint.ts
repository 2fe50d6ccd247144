import type { ExecutedBlock } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { text } from '../../codecs/scalars.ts';
import { answer, method, optional, required, type Serve } from '../../method.ts';
import { accountDifferenceView } from '../../views/stateDifference.ts';

const name = required('name', text);

const checkpointView = <N>(of: N, { block, hash }: ExecutedBlock) => ({
  name: of,
  number: quantity(block.header.number),
  hash: hex(hash),
});

/** Named states of the node, which stay until they are removed; on disk also when the node ends. */
export const checkpoint = {
  minichain_saveCheckpoint: method({
    params: [name],
    run: (c, of) => c.chain.snapshots.saveCheckpoint(of),
    result: answer(true),
  }),
  minichain_restoreCheckpoint: method({
    params: [name],
    run: (c, of) => c.chain.snapshots.restoreCheckpoint(of),
    result: (restored) => restored,
  }),
  minichain_removeCheckpoint: method({
    params: [name],
    run: (c, of) => c.chain.snapshots.removeCheckpoint(of),
    result: (removed) => removed,
  }),
  minichain_listCheckpoints: method({
    params: [],
    run: (c) => c.chain.snapshots.checkpoints(),
    result: (all) => all.map(({ name: of, head }) => checkpointView(of, head)),
  }),
  minichain_diffCheckpoints: method({
    params: [required('from', text), optional('to', text)],
    run: async (c, from, to) => ({
      names: { from, to: to ?? null },
      ...(await c.chain.snapshots.difference(from, to)),
    }),
    result: ({ names, from, to, accounts }) => ({
      from: checkpointView(names.from, from),
      to: checkpointView(names.to, to),
      accounts: accounts.map(accountDifferenceView),
    }),
  }),
} satisfies Partial<Serve>;
