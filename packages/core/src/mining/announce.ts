import type { ChainEvents } from '../events.ts';
import type { Payload } from './payload.ts';

/** Tells of a block that was made and has become the head. @param ms it took to build. */
export function announce({ executed, transactions }: Payload, ms: number, events: ChainEvents): void {
  events.emit('blockBuilt', { block: executed, ms });
  transactions.forEach(({ failure, consoleLines, trace }, index) => {
    events.emit('transactionMined', {
      block: executed,
      index,
      consoleLines,
      ...(failure === undefined ? {} : { failure }),
      ...(trace === undefined ? {} : { trace }),
    });
  });
}
