import type { Common } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import { bigIntToUnpaddedBytes, bytesToBigInt, bytesToInt, intToBytes, unpadBytes } from '@ethereumjs/util';
import type { KernelHeader } from '@minichain/evm';
import { keccak256 } from '../../crypto/keccak.ts';
import type { Ring } from '../../state/ringTries.ts';
import { FIELD, HeaderTemplate, shortestBytes } from './headerTemplate.ts';

/**
 * Blocks in which nothing happens, one after the other on one parent. All that differs between them follows from their
 * number, but for state root and hash. Numbers and seconds are small enough to be exact.
 */
export interface BlockRun {
  /** Unlike any other's: key of its parts, unprefixed hex. */
  readonly id: string;
  readonly first: number;
  readonly last: number;
  /** Last of them that is canonical; `first - 1` when none is. */
  readonly canonicalLast: number;
  readonly chainId: bigint;
  /** Of the state before the first of them. */
  readonly baseRoot: Uint8Array;
  /** Of the first of them, seconds. */
  readonly timestamp: number;
  /** Seconds between them. */
  readonly spacing: number;
  /** Header fields of the first, its state root aside. */
  readonly header: readonly Uint8Array[];
  /** Whether the randomness of each is made of its parent's hash and its number, as the miner does it. */
  readonly isMerged: boolean;
  readonly rings: readonly Ring[];
}

/** What EIP-1559 divides by. */
const FEE_CHANGE_DENOMINATOR = 8n;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** RLP. */
export function bytesFromRun(run: BlockRun): Uint8Array {
  const { id, first, last, canonicalLast, chainId, baseRoot, timestamp, spacing, header, isMerged, rings } = run;
  return RLP.encode([
    Buffer.from(id, 'hex'),
    ...[first, last, canonicalLast, timestamp, spacing, isMerged ? 1 : 0].map(shortestBytes),
    bigIntToUnpaddedBytes(chainId),
    baseRoot,
    [...header],
    rings.map(({ address, keeps, size }) => [address, Buffer.from(keeps, 'latin1'), intToBytes(size)]),
  ] as never);
}

export function runFromBytes(bytes: Uint8Array): BlockRun {
  const fields = RLP.decode(bytes.slice()) as unknown as Uint8Array[];
  const number = (at: number): number => Number(bytesToBigInt(fields[at] as Uint8Array));
  return {
    id: Buffer.from(fields[0] as Uint8Array).toString('hex'),
    first: number(1),
    last: number(2),
    canonicalLast: number(3),
    timestamp: number(4),
    spacing: number(5),
    isMerged: number(6) === 1,
    chainId: bytesToBigInt(fields[7] as Uint8Array),
    baseRoot: fields[8] as Uint8Array,
    header: fields[9] as unknown as Uint8Array[],
    rings: (fields[10] as unknown as Uint8Array[][]).map(([address, keeps, size]) => ({
      address: address as Uint8Array,
      keeps: text(keeps as Uint8Array) as Ring['keeps'],
      size: bytesToInt(size as Uint8Array),
    })),
  };
}

/** Contracts that every block writes into under these rules. */
export function ringsUnder(common: Common): Ring[] {
  const rings: Ring[] = [];
  if (common.isActivatedEIP(4788)) {
    const address = Buffer.from('000f3df6d732807ef1319fb7b8bb8522d0beac02', 'hex');
    rings.push({ address, keeps: 'times', size: Number(common.param('historicalRootsLength')) });
  }
  if (common.isActivatedEIP(2935)) {
    const address = Buffer.from(common.param('historyStorageAddress').toString(16).padStart(40, '0'), 'hex');
    rings.push({ address, keeps: 'hashes', size: Number(common.param('historyServeWindow')) });
  }
  return rings;
}

export const timestampIn = ({ first, timestamp, spacing }: BlockRun, number: number): number =>
  timestamp + (number - first) * spacing;

/** Anvil's formula, the number as a little-endian u64: equal chains then have equal block hashes on both nodes. */
export function randaoAfter(parentHash: Uint8Array, number: number): Uint8Array {
  const bytes = Buffer.alloc(40);
  bytes.set(parentHash);
  bytes.writeBigUInt64LE(BigInt(number), 32);
  return keccak256(bytes);
}

/** Base fees of the blocks of a run: each an eighth less, until there is nothing to take off. */
function feesFrom(first: Uint8Array | undefined): Uint8Array[] {
  if (first === undefined) return [];
  const fees: Uint8Array[] = [];
  let fee = bytesToBigInt(first);
  for (let less = 1n; less > 0n; fee -= less) {
    fees.push(bigIntToUnpaddedBytes(fee));
    less = fee / FEE_CHANGE_DENOMINATOR;
  }
  return fees;
}

/** Up to which number, at least, no more bytes are needed than now, and all that says how long they are stays. */
function longestLike(value: number): number {
  return value < 0x80 ? 0x7f : 256 ** shortestBytes(value).length - 1;
}

/** Header after header of a run, in any order. */
export class RunHeaders {
  readonly #run: BlockRun;
  readonly #template: HeaderTemplate;
  readonly #fees: readonly Uint8Array[];

  constructor(run: BlockRun) {
    this.#run = run;
    this.#template = new HeaderTemplate(run.header);
    this.#fees = feesFrom(run.header[FIELD.baseFee]);
  }

  /** Fills in the header of a number. @returns its hash. */
  fill(number: number, parentHash: Uint8Array, stateRoot: Uint8Array): Uint8Array {
    const template = this.#template;
    template.set(FIELD.parentHash, parentHash);
    template.set(FIELD.stateRoot, stateRoot);
    template.set(FIELD.number, shortestBytes(number));
    template.set(FIELD.timestamp, shortestBytes(timestampIn(this.#run, number)));
    if (this.#run.isMerged) template.set(FIELD.mixHash, randaoAfter(parentHash, number));
    const fee = this.#fees[Math.min(number - this.#run.first, this.#fees.length - 1)];
    if (fee !== undefined) template.set(FIELD.baseFee, unpadBytes(fee));
    return template.hash();
  }

  /** The header of a number, whose like those up to another are, their hashes aside. Good until another is filled in. */
  stretch(number: number): KernelHeader & { readonly until: number } {
    const run = this.#run;
    const template = this.#template;
    const parentHash = run.header[FIELD.parentHash] as Uint8Array;
    this.fill(number, parentHash, run.baseRoot);
    const time = timestampIn(run, number);
    const isFalling = number - run.first < this.#fees.length - 1;
    const untilTime = run.spacing === 0 ? run.last : number + Math.floor((longestLike(time) - time) / run.spacing);
    return {
      encoded: template.encoded,
      parentHash: template.placeOf(FIELD.parentHash),
      stateRoot: template.placeOf(FIELD.stateRoot),
      number: template.placeOf(FIELD.number),
      numberBytes: shortestBytes(number).length,
      timestamp: template.placeOf(FIELD.timestamp),
      timestampBytes: shortestBytes(time).length,
      ...(run.isMerged ? { mixHash: template.placeOf(FIELD.mixHash) } : {}),
      until: isFalling ? number : Math.min(run.last, longestLike(number), untilTime),
    };
  }

  /** The fields that were filled in last. */
  fields(): Uint8Array[] {
    return this.#template.fields();
  }
}
