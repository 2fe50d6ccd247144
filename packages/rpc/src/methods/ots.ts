import type { Address, Chain, ExecutedBlock } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity, type RpcTransactionPage } from '@minichain/protocol';
import { address, between, looseQuantity, nonce } from '../codecs/scalars.ts';
import { method, required, type Serve } from '../method.ts';
import { receiptView } from '../views/receipt.ts';
import { transactionView } from '../views/transaction.ts';

const LARGEST_PAGE = 1000n;

const who = required('address', address);
const page = [
  who,
  required('blockNumber', looseQuantity),
  required('pageSize', between(1n, LARGEST_PAGE, `a page of 1 to ${LARGEST_PAGE} transactions`)),
] as const;

interface Place {
  readonly block: ExecutedBlock;
  readonly index: number;
}

/** The block's transactions in which the address took part, the newest first. */
function placesIn(block: ExecutedBlock, of: Address): Place[] {
  const takesPart = (index: number): boolean =>
    block.activity[index]?.addresses.some((one) => Buffer.compare(one, of.bytes) === 0) === true;
  return block.block.transactions
    .map((_, index) => ({ block, index }))
    .filter(({ index }) => takesPart(index))
    .reverse();
}

interface Search {
  readonly from: bigint;
  readonly to: bigint;
  /** Newest block first. */
  readonly reverse: boolean;
  readonly size: bigint;
}

/** Whole blocks in their order until the page is full. @returns also whether that was all there is. */
async function search(chain: Chain, of: Address, { size, ...range }: Search) {
  const blocks: Place[][] = [];
  let count = 0n;
  for (const number of chain.chain.addresses.heightsWithActivity(of, range)) {
    if (count >= size) return { blocks, isAll: false };
    const block = await chain.chain.get({ number });
    const places = block === undefined ? [] : placesIn(block, of);
    blocks.push(places);
    count += BigInt(places.length);
  }
  return { blocks, isAll: true };
}

function pageView(places: readonly Place[], ends: { firstPage: boolean; lastPage: boolean }): RpcTransactionPage {
  return {
    txs: places.map(({ block, index }) =>
      transactionView({
        tx: block.block.transactions[index] as (typeof block.block.transactions)[number],
        sender: block.senders[index],
        place: { executed: block, index },
      }),
    ),
    receipts: places.map(({ block, index }) => ({
      ...receiptView(block, index),
      timestamp: quantity(block.block.header.timestamp),
    })),
    ...ends,
  };
}

/** What Otterscan asks about addresses; answered from the node's indexes. */
export const ots = {
  ots_getTransactionBySenderAndNonce: method({
    params: [required('sender', address), required('nonce', nonce)],
    run: ({ chain }, sender, of) => chain.chain.addresses.bySenderNonce(sender, of),
    result: (hash) => (hash === undefined ? null : hex(hash)),
  }),
  ots_getContractCreator: method({
    params: [who],
    run: ({ chain }, of) => chain.chain.addresses.creation(of),
    result: (found) => (found === undefined ? null : { hash: hex(found.transactionHash), creator: hex(found.creator) }),
  }),
  ots_searchTransactionsBefore: method({
    params: page,
    run: async ({ chain }, of, number, size) => {
      const head = chain.chain.head.block.header.number;
      const to = number === 0n || number > head ? head : number - 1n;
      const { blocks, isAll } = await search(chain, of, { from: 0n, to, reverse: true, size });
      return { places: blocks.flat(), firstPage: to === head, lastPage: isAll };
    },
    result: ({ places, ...ends }) => pageView(places, ends),
  }),
  ots_searchTransactionsAfter: method({
    params: page,
    run: async ({ chain }, of, number, size) => {
      const to = chain.chain.head.block.header.number;
      const from = number === 0n ? 0n : number + 1n;
      const { blocks, isAll } = await search(chain, of, { from, to, reverse: false, size });
      return { places: blocks.reverse().flat(), firstPage: isAll, lastPage: number === 0n };
    },
    result: ({ places, ...ends }) => pageView(places, ends),
  }),
} satisfies Partial<Serve>;
