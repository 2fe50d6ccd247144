import { createBlockFromBytesArray } from '@ethereumjs/block';
import { RLP } from '@ethereumjs/rlp';
import { Address, bigIntToUnpaddedBytes, bytesToBigInt, concatBytes } from '@ethereumjs/util';
import type { Hardforks } from '../contract.ts';
import { encodeRlp } from '../encoding/rlp.ts';
import type { ForeignRules } from './dumpedBlock.ts';
import type { Activity, ExecutedBlock, Log, Receipt } from './executedBlock.ts';
import { NO_LOGS } from './logsBloom.ts';
import { shortHeader, wholeHeader } from './shortHeader.ts';

type Fields = readonly (Uint8Array | Fields)[];

const NONE = new Uint8Array();
const ADDRESS_BYTES = 20;
const BLOOM_BYTES = 256;
const NUMBER_FIELD = 8;
const TIMESTAMP_FIELD = 11;

const optional = <T>(value: T | undefined, write: (value: T) => Uint8Array): Fields =>
  value === undefined ? [] : [write(value)];

/** Most receipts have no logs, and then a bloom of zeros says nothing. */
function writeReceipt(receipt: Receipt): Fields {
  const { status, stateRoot, contractAddress, blobGasUsed, blobGasPrice, logs } = receipt;
  return [
    Uint8Array.of(receipt.type),
    stateRoot ?? Uint8Array.of(status ?? 0),
    bigIntToUnpaddedBytes(receipt.cumulativeGasUsed),
    bigIntToUnpaddedBytes(receipt.gasUsed),
    bigIntToUnpaddedBytes(receipt.effectiveGasPrice),
    logs.length === 0 ? NONE : receipt.logsBloom,
    logs.map(({ address, topics, data }) => [address, topics, data]),
    optional(contractAddress, (address) => address.bytes),
    optional(blobGasUsed, bigIntToUnpaddedBytes),
    optional(blobGasPrice, bigIntToUnpaddedBytes),
  ];
}

function readLog(fields: Fields): Log {
  const [address, topics, data] = fields as [Uint8Array, Uint8Array[], Uint8Array];
  return { address, topics, data };
}

function readReceipt(fields: Fields): Receipt {
  const [type, outcome, cumulative, used, price, bloom] = fields as Uint8Array[];
  const [logs, created, blobUsed, blobPrice] = fields.slice(6) as [Fields[], Uint8Array[], Uint8Array[], Uint8Array[]];
  const first = outcome as Uint8Array;
  return {
    type: (type as Uint8Array)[0] as number,
    ...(first.length === 32 ? { stateRoot: first } : { status: first[0] === 1 ? 1 : 0 }),
    cumulativeGasUsed: bytesToBigInt(cumulative as Uint8Array),
    gasUsed: bytesToBigInt(used as Uint8Array),
    effectiveGasPrice: bytesToBigInt(price as Uint8Array),
    logsBloom: bloom?.length === BLOOM_BYTES ? bloom : NO_LOGS,
    logs: logs.map(readLog),
    ...(created[0] === undefined ? {} : { contractAddress: new Address(created[0]) }),
    ...(blobUsed[0] === undefined ? {} : { blobGasUsed: bytesToBigInt(blobUsed[0]) }),
    ...(blobPrice[0] === undefined ? {} : { blobGasPrice: bytesToBigInt(blobPrice[0]) }),
  };
}

const writeActivity = ({ addresses, created }: Activity): Fields => [
  concatBytes(...addresses),
  concatBytes(...created.flatMap(({ address, creator }) => [address, creator])),
];

function addressesIn(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += ADDRESS_BYTES) found.push(bytes.subarray(at, at + ADDRESS_BYTES));
  return found;
}

function readActivity([addresses, created]: readonly Uint8Array[]): Activity {
  const pairs = addressesIn(created as Uint8Array);
  return {
    addresses: addressesIn(addresses as Uint8Array),
    created: pairs.flatMap((address, i) => (i % 2 === 0 ? [{ address, creator: pairs[i + 1] as Uint8Array }] : [])),
  };
}

const writeForeign = ({ hardfork, hashes }: ForeignRules): Fields => [
  new TextEncoder().encode(hardfork),
  hashes.map((hash) => hash ?? NONE),
];

const readForeign = ([hardfork, hashes]: Fields): ForeignRules => ({
  hardfork: new TextDecoder().decode(hardfork as Uint8Array),
  hashes: (hashes as Uint8Array[]).map((hash) => (hash.length === 0 ? undefined : hash)),
});

/** Gives transactions the hashes by which they are found, where those are not of their bytes. */
export function withHashes<T extends { hash(): Uint8Array }>(
  transactions: readonly T[],
  hashes: readonly (Uint8Array | undefined)[] = [],
): void {
  transactions.forEach((tx, i) => {
    const hash = hashes[i];
    if (hash !== undefined) tx.hash = () => hash;
  });
}

/**
 * A block with all its execution produced, as it is stored: RLP of chain id, block, senders, receipts and who took part,
 * and of what is foreign about it where there is something.
 * @param options.isShort without the fields of the header that are as in most.
 */
export function encodeExecutedBlock(
  { block, senders, receipts, activity, foreign }: ExecutedBlock,
  { isShort }: { readonly isShort: boolean },
): Uint8Array {
  const [header, ...body] = block.raw() as unknown as [Uint8Array[], ...Fields];
  return encodeRlp([
    bigIntToUnpaddedBytes(block.common.chainId()),
    [isShort ? shortHeader(header) : header, ...body],
    senders.map(({ bytes }) => bytes),
    receipts.map(writeReceipt),
    activity.map(writeActivity),
    ...(foreign === undefined ? [] : [writeForeign(foreign)]),
  ]);
}

/**
 * The reverse of {@link encodeExecutedBlock}. The state root is the header's: that of an edited head is kept apart.
 * @param hash as it was stored under.
 */
export function decodeExecutedBlock(bytes: Uint8Array, hash: Uint8Array, hardforks: Hardforks): ExecutedBlock {
  const [chainId, raw, senders, receipts, activity, rules] = RLP.decode(bytes) as unknown as [
    Uint8Array,
    Uint8Array[][],
    Uint8Array[],
    Fields[],
    Uint8Array[][],
    Fields | undefined,
  ];
  const foreign = rules && readForeign(rules);
  const header = wholeHeader(raw[0] as Uint8Array[]);
  const number = bytesToBigInt(header[NUMBER_FIELD] as Uint8Array);
  const timestamp = bytesToBigInt(header[TIMESTAMP_FIELD] as Uint8Array);
  const id = bytesToBigInt(chainId);
  const common = foreign ? hardforks.commonOf(foreign.hardfork, id) : hardforks.commonAt(number, timestamp, id);
  const block = createBlockFromBytesArray([header, ...raw.slice(1)] as never, {
    common,
    freeze: false,
    skipConsensusFormatValidation: true,
  });
  const addresses = senders.map((sender) => new Address(sender));
  block.transactions.forEach((tx, i) => {
    // Known already, and an impersonated sender cannot be recovered.
    tx.getSenderAddress = () => addresses[i] as Address;
  });
  withHashes(block.transactions, foreign?.hashes);
  return {
    block,
    hash,
    stateRoot: block.header.stateRoot,
    senders: addresses,
    receipts: receipts.map(readReceipt),
    activity: activity.map(readActivity),
    ...(foreign === undefined ? {} : { foreign }),
  };
}
