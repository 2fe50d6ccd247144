import { hexFromBytes as hex, quantityFromBigInt as quantity } from '@minichain/protocol';
import { text } from '../../codecs/scalars.ts';
import { answer, method, required, type Serve } from '../../method.ts';

const name = required('name', text);

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
    result: (all) =>
      all.map(({ name: of, head }) => ({ name: of, number: quantity(head.block.header.number), hash: hex(head.hash) })),
  }),
} satisfies Partial<Serve>;
