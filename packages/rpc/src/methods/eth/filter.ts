import { type Quantity, quantityFromBigInt } from '@minichain/protocol';
import { type Codec, mismatch } from '../../codecs/codec.ts';
import { logFilter } from '../../codecs/filter.ts';
import { boolean, quantity } from '../../codecs/scalars.ts';
import { queryLogs } from '../../logQuery.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import { logsView } from '../../views/logs.ts';

const filterId: Codec<string, Quantity> = {
  expected: 'a filter id, a hex quantity',
  decode: (value) => {
    if (typeof value !== 'string') throw mismatch(filterId.expected, value);
    return quantityFromBigInt(quantity.decode(value));
  },
};

const id = required('filterId', filterId);
const same = <T>(value: T): T => value;

/** Logs and polling filters (execution-apis `filter.yaml`). */
export const filter = {
  eth_getLogs: method({
    params: [required('filter', logFilter)],
    run: async (c, wanted) => logsView(await queryLogs(c.chain, wanted, c.logLimits), c),
    result: same,
  }),
  eth_newFilter: method({
    params: [required('filter', logFilter)],
    run: (c, wanted) => c.filters.createLogs(wanted),
    result: same,
  }),
  eth_newBlockFilter: method({ params: [], run: (c) => c.filters.create({ type: 'blocks' }), result: same }),
  eth_newPendingTransactionFilter: method({
    params: [optional('fullTransactions', boolean, false)],
    run: (c, full) => c.filters.create({ type: 'transactions', full }),
    result: same,
  }),
  eth_getFilterChanges: method({ params: [id], run: (c, of) => c.filters.changes(of), result: same }),
  eth_getFilterLogs: method({
    params: [id],
    run: async (c, of) => logsView(await c.filters.logs(of), c),
    result: same,
  }),
  eth_uninstallFilter: method({ params: [id], run: (c, of) => c.filters.remove(of), result: same }),
} satisfies Partial<Serve>;
