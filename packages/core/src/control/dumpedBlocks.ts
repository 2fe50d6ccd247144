import { createBlockFromBytesArray } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import {
  type Address,
  bigIntToUnpaddedBytes,
  bytesToBigInt,
  equalsBytes,
  hexToBytes,
  KECCAK256_RLP,
} from '@ethereumjs/util';
import { withHashes } from '../blocks/blockCodec.ts';
import type { DumpedBlock, DumpedOutcome, DumpedTransaction } from '../blocks/dumpedBlock.ts';
import type { Activity, ExecutedBlock, Receipt } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import type { Hardforks } from '../contract.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { encodeRlp } from '../encoding/rlp.ts';
import { createdAddress } from '../execution/receipt.ts';
import { blobGasOf, effectiveGasPrice } from '../transactions/prices.ts';
import { withSender } from '../transactions/sender.ts';
import { txFromRequest } from '../transactions/txData.ts';

const NUMBER_FIELD = 8;
const DIFFICULTY_FIELD = 7;
const TIMESTAMP_FIELD = 11;
const [BASE_FEE_FIELD, WITHDRAWALS_FIELD, BLOB_GAS_FIELD, EXCESS_FIELD, BEACON_FIELD, REQUESTS_FIELD] = [
  15, 16, 17, 18, 19, 20,
];
/** SHA-256 of nothing: the hash of no requests (EIP-7685). */
const NO_REQUESTS = hexToBytes('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

/** Which EIP brought a field, the newest fork of mainnet without the next, and what the field is in an empty block. */
const FORK_FIELDS = [
  { field: BASE_FEE_FIELD, eip: 1559, hardfork: 'paris', empty: new Uint8Array() },
  { field: WITHDRAWALS_FIELD, eip: 4895, hardfork: 'shanghai', empty: KECCAK256_RLP },
  { field: BLOB_GAS_FIELD, eip: 4844, hardfork: 'cancun', empty: new Uint8Array() },
  { field: EXCESS_FIELD, eip: 4844, hardfork: 'cancun', empty: new Uint8Array() },
  { field: BEACON_FIELD, eip: 4788, hardfork: 'cancun', empty: new Uint8Array(32) },
  { field: REQUESTS_FIELD, eip: 7685, hardfork: 'osaka', empty: NO_REQUESTS },
] as const;

/** EIP-7928 and what else no dump has. */
const LATER_EIPS = [7928, 7843];

type Header = DumpedBlock['header'];

const fits = (header: Header, common: Common): boolean =>
  FORK_FIELDS.every(({ field, eip }) => (header[field] !== undefined) === common.isActivatedEIP(eip)) &&
  !LATER_EIPS.some((eip) => common.isActivatedEIP(eip));

/** The newest fork of those that know the header's fields and no others. */
function hardforkOf(header: Header): string {
  const newest = FORK_FIELDS.findLast(({ field }) => header[field] !== undefined);
  if (newest === undefined) return 'berlin';
  const isMined = newest.hardfork === 'paris' && header[DIFFICULTY_FIELD]?.length !== 0;
  return isMined ? 'london' : newest.hardfork;
}

/** Old versions of Anvil left fields out between others. */
function filled(header: Header, common: Common): Uint8Array[] {
  const fields = header.slice(0, BASE_FEE_FIELD) as Uint8Array[];
  for (const { field, eip, empty } of FORK_FIELDS)
    if (common.isActivatedEIP(eip)) fields[field] = header[field] ?? empty;
  return fields;
}

function transactionOf({ request, signature, impersonated, outcome }: DumpedTransaction, common: Common) {
  const tx = txFromRequest(request, { common, signature });
  const sender = impersonated ?? outcome?.from;
  return sender === undefined ? tx : withSender(tx, sender);
}

interface Prices {
  readonly baseFee: bigint | undefined;
  readonly blobBaseFee: bigint;
}

function receiptOf(tx: TypedTransaction, outcome: DumpedOutcome, { baseFee, blobBaseFee }: Prices): Receipt {
  const { status, gasUsed, cumulativeGasUsed, logs, logsBloom, from } = outcome;
  const blobGasUsed = blobGasOf(tx);
  const created = outcome.contractAddress ?? createdAddress(from, tx.nonce);
  return {
    type: tx.type,
    ...(status instanceof Uint8Array ? { stateRoot: status } : { status }),
    ...{ gasUsed, cumulativeGasUsed, logs, logsBloom },
    effectiveGasPrice: effectiveGasPrice(tx, baseFee),
    ...(tx.to === undefined ? { contractAddress: created } : {}),
    ...(blobGasUsed === 0n ? {} : { blobGasUsed, blobGasPrice: blobBaseFee }),
  };
}

function activityOf(tx: TypedTransaction, sender: Address, outcome: DumpedOutcome | undefined): Activity {
  const created = tx.to === undefined ? (outcome?.contractAddress ?? createdAddress(sender, tx.nonce)) : undefined;
  const others = [sender, ...(tx.to === undefined ? [] : [tx.to]), ...(created === undefined ? [] : [created])];
  const addresses = new Map([...others, ...(outcome?.touched ?? [])].map((one) => [one.toString(), one.bytes]));
  const hasContract = created !== undefined && outcome?.status !== 0;
  return {
    addresses: [...addresses.values()],
    created: hasContract ? [{ address: created.bytes, creator: sender.bytes }] : [],
  };
}

function bodyOf(block: DumpedBlock, transactions: readonly TypedTransaction[], common: Common): unknown[] {
  const withdrawals = block.withdrawals.map(({ index, validatorIndex, address, amount }) => [
    bigIntToUnpaddedBytes(index),
    bigIntToUnpaddedBytes(validatorIndex),
    address.bytes,
    bigIntToUnpaddedBytes(amount),
  ]);
  const encoded = transactions.map((tx) => (tx.type === 0 ? tx.raw() : tx.serialize()));
  return [encoded, [], ...(common.isActivatedEIP(4895) ? [withdrawals] : [])];
}

/**
 * A block of a dump as this chain keeps blocks. It is not executed: its receipts are those of the dump, and its state is
 * there only if somebody puts it there. Its hash is that of its header as the dump has it.
 * @throws BlockError BLOCK_INVALID where its fields make no block.
 */
export function executedFromDump(dumped: DumpedBlock, hardforks: Hardforks): ExecutedBlock {
  const { header } = dumped;
  const number = bytesToBigInt(header[NUMBER_FIELD] as Uint8Array);
  try {
    return convert(dumped, number, hardforks);
  } catch (error) {
    const detail = `block ${number} of the dump: ${(error as Error).message.slice(0, 200)}`;
    throw blockError({ code: 'BLOCK_INVALID', detail }, { cause: error });
  }
}

function convert(dumped: DumpedBlock, number: bigint, hardforks: Hardforks): ExecutedBlock {
  const { header } = dumped;
  const timestamp = bytesToBigInt(header[TIMESTAMP_FIELD] as Uint8Array);
  const present = hardforks.commonAt(number, timestamp);
  const chainId = dumped.transactions.find(({ request }) => request.chainId !== undefined)?.request.chainId;
  const id = chainId ?? present.chainId();
  const isOurs = fits(header, present);
  const common = isOurs ? hardforks.commonAt(number, timestamp, id) : hardforks.commonOf(hardforkOf(header), id);
  const made = dumped.transactions.map((one) => transactionOf(one, common));
  const block = createBlockFromBytesArray([filled(header, common), ...bodyOf(dumped, made, common)] as never, {
    common,
    freeze: false,
    skipConsensusFormatValidation: true,
  });
  const outcomes = dumped.transactions.map(({ outcome }) => outcome);
  const senders = made.map((tx) => tx.getSenderAddress());
  for (const [i, tx] of block.transactions.entries()) withSender(tx, senders[i] as Address);
  const hashes = made.map((tx, i) => {
    const hash = outcomes[i]?.hash;
    return hash === undefined || equalsBytes(hash, tx.hash()) ? undefined : hash;
  });
  withHashes(block.transactions, hashes);
  const isForeign = !isOurs || hashes.some((hash) => hash !== undefined);
  const blobBaseFee = block.header.excessBlobGas === undefined ? 0n : block.header.getBlobGasPrice();
  const prices = { baseFee: block.header.baseFeePerGas, blobBaseFee };
  const known = outcomes.filter((outcome) => outcome !== undefined);
  return {
    block,
    hash: keccak256(encodeRlp(header.filter((field) => field !== undefined))),
    stateRoot: block.header.stateRoot,
    senders,
    // All or none: what is missing has no place.
    receipts:
      known.length < made.length ? [] : known.map((one, i) => receiptOf(made[i] as TypedTransaction, one, prices)),
    activity: made.map((tx, i) => activityOf(tx, senders[i] as Address, outcomes[i])),
    ...(isForeign ? { foreign: { hardfork: common.hardfork(), hashes } } : {}),
  };
}
