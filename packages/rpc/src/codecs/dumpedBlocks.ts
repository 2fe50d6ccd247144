import type { DumpedBlock, DumpedOutcome, DumpedTransaction } from '@minichain/core';
import { bytesFromHex, type Hex, quantityFromBigInt } from '@minichain/protocol';
import { callRequest } from './callRequest.ts';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch } from './codec.ts';
import { withdrawal } from './overrides.ts';
import { address, count, data, hash, looseQuantity } from './scalars.ts';

type Fields = Record<string, unknown>;

/** RLP's form of a number: no zeros in front. */
const scalar: Codec<Uint8Array> = {
  expected: looseQuantity.expected,
  decode: (value) => {
    const digits = quantityFromBigInt(looseQuantity.decode(value)).slice(2);
    return digits === '0' ? new Uint8Array() : bytesFromHex(`0x${digits.length % 2 === 0 ? '' : '0'}${digits}` as Hex);
  },
};

function bytesOf(length: number): Codec<Uint8Array> {
  const expected = `${length} bytes of 0x-prefixed hex`;
  return {
    expected,
    decode: (value) => {
      const bytes = data.decode(value);
      if (bytes.length !== length) throw mismatch(expected, value);
      return bytes;
    },
  };
}

const addressBytes: Codec<Uint8Array> = { expected: address.expected, decode: (value) => address.decode(value).bytes };
const bloom = bytesOf(256);

/** A header's fields in the order in which they are encoded, with the names that versions of Anvil gave them. */
const HEADER: readonly (readonly [names: readonly string[], codec: Codec<Uint8Array>])[] = [
  [['parentHash'], hash],
  [['sha3Uncles', 'ommersHash'], hash],
  [['miner', 'beneficiary', 'coinbase'], addressBytes],
  [['stateRoot'], hash],
  [['transactionsRoot'], hash],
  [['receiptsRoot'], hash],
  [['logsBloom'], bloom],
  [['difficulty'], scalar],
  [['number'], scalar],
  [['gasLimit'], scalar],
  [['gasUsed'], scalar],
  [['timestamp'], scalar],
  [['extraData'], data],
  [['mixHash'], hash],
  [['nonce'], bytesOf(8)],
  [['baseFeePerGas'], scalar],
  [['withdrawalsRoot'], hash],
  [['blobGasUsed'], scalar],
  [['excessBlobGas'], scalar],
  [['parentBeaconBlockRoot'], hash],
  [['requestsHash'], hash],
];
/** Those that every header has. */
const REQUIRED = 15;

const header: Codec<DumpedBlock['header']> = {
  expected: 'a block header',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(header.expected, value);
    return HEADER.map(([names, codec], place) => {
      const name = names.find((one) => value[one] != null) ?? (names[0] as string);
      if (place >= REQUIRED && value[name] == null) return undefined;
      return decodeAt(codec, value[name], `.${name}`);
    });
  },
};

/** How old versions say of which type something is. */
const ENVELOPES: Readonly<Record<string, string>> = {
  Legacy: '0x0',
  EIP2930: '0x1',
  EIP1559: '0x2',
  EIP4844: '0x3',
  EIP7702: '0x4',
};

/** What is in an envelope `{ EIP1559: {…} }`, or was never in one. */
function opened(value: unknown, expected: string): Fields {
  if (!isRecord(value)) throw mismatch(expected, value);
  const [name = '', inner] = Object.entries(value)[0] ?? [];
  const type = ENVELOPES[name];
  if (type === undefined) return value;
  if (!isRecord(inner)) throw mismatch(expected, inner);
  return { type, ...inner };
}

/** A transaction in its block, with the hash of its bytes. */
type PlacedTransaction = Omit<DumpedTransaction, 'outcome'> & { readonly hash: string };

const transaction: Codec<PlacedTransaction> = {
  expected: 'a transaction',
  decode: (value) => {
    const wrapped = isRecord(value) && isRecord(value['transaction']) ? value : { transaction: value };
    // Blobs are not of the chain.
    const {
      blobs: _,
      commitments: __,
      proofs: ___,
      cellProofs: ____,
      sidecar: _____,
      ...fields
    } = opened(wrapped['transaction'], transaction.expected);
    const read = <T>(codec: Codec<T>, key: string): T => decodeAt(codec, fields[key], `.${key}`);
    const isLegacy = fields['type'] === undefined || Number(fields['type']) === 0;
    const sender = wrapped['impersonated_sender'];
    return {
      request: callRequest.decode(fields),
      signature: {
        v: isLegacy || fields['yParity'] === undefined ? read(looseQuantity, 'v') : read(looseQuantity, 'yParity'),
        r: read(looseQuantity, 'r'),
        s: read(looseQuantity, 's'),
      },
      ...(sender == null ? {} : { impersonated: decodeAt(address, sender, '.impersonated_sender') }),
      hash: String(fields['hash'] ?? '').toLowerCase(),
    };
  },
};

const log: Codec<DumpedOutcome['logs'][number]> = {
  expected: 'a log { address, topics, data }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(log.expected, value);
    return {
      address: decodeAt(addressBytes, value['address'], '.address'),
      topics: decodeAt(list(hash), value['topics'], '.topics'),
      data: decodeAt(data, value['data'], '.data'),
    };
  },
};

function statusOf(value: unknown): DumpedOutcome['status'] {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value.length === 66) return hash.decode(value);
  return looseQuantity.decode(value) === 0n ? 0 : 1;
}

/** Who took part, of a trace of an old or new version. */
function touchedIn(traces: unknown): DumpedOutcome['touched'] {
  if (!Array.isArray(traces)) return [];
  return traces.flatMap((node: unknown) => {
    const trace = isRecord(node) && isRecord(node['trace']) ? node['trace'] : {};
    return [trace['caller'], trace['address']].filter((one) => one != null).map((one) => address.decode(one));
  });
}

interface PlacedOutcome {
  readonly outcome: DumpedOutcome;
  readonly number: number;
  readonly index: number;
}

const outcome: Codec<PlacedOutcome> = {
  expected: 'a mined transaction { info, receipt, block_hash, block_number }',
  decode: (value) => {
    if (!isRecord(value) || !isRecord(value['info'])) throw mismatch(outcome.expected, value);
    const { info } = value as { info: Fields };
    const outer = opened(value['receipt'], 'a receipt');
    const receipt = isRecord(outer['receipt']) ? { ...outer, ...outer['receipt'] } : outer;
    const read = <T>(codec: Codec<T>, from: Fields, path: string, key: string): T =>
      decodeAt(codec, from[key], `${path}.${key}`);
    const created = info['contract_address'];
    return {
      number: read(count, value, '', 'block_number'),
      index: read(count, info, '.info', 'transaction_index'),
      outcome: {
        hash: read(hash, info, '.info', 'transaction_hash'),
        from: read(address, info, '.info', 'from'),
        ...(created == null ? {} : { contractAddress: decodeAt(address, created, '.info.contract_address') }),
        gasUsed: read(looseQuantity, info, '.info', 'gas_used'),
        cumulativeGasUsed: read(looseQuantity, receipt, '.receipt', 'cumulativeGasUsed'),
        status: decodeAt(
          { expected: 'a status', decode: statusOf },
          receipt['status'] ?? receipt['root'],
          '.receipt.status',
        ),
        logs: read(list(log), receipt, '.receipt', 'logs'),
        logsBloom: read(bloom, receipt, '.receipt', 'logsBloom'),
        touched: decodeAt({ expected: 'traces', decode: touchedIn }, info['traces'], '.info.traces'),
      },
    };
  },
};

/** Outcomes by the hash of their transaction, and by their place for those whose hash is not that of their bytes. */
function outcomesIn(
  values: readonly unknown[],
): (number: bigint, index: number, transactionHash: string) => DumpedOutcome | undefined {
  const byHash = new Map<string, DumpedOutcome>();
  const byPlace = new Map<string, DumpedOutcome>();
  for (const { outcome: one, number, index } of decodeAt(list(outcome), values, '.transactions')) {
    byHash.set(`0x${Buffer.from(one.hash).toString('hex')}`, one);
    byPlace.set(`${number} ${index}`, one);
  }
  return (number, index, transactionHash) => byHash.get(transactionHash) ?? byPlace.get(`${number} ${index}`);
}

const NUMBER_FIELD = 8;

function listIn(dump: Fields, name: string): readonly unknown[] {
  const value = dump[name] ?? [];
  if (Array.isArray(value)) return value;
  throw new CodecError(mismatch('an array', value).message, `.${name}`);
}

/**
 * The blocks of a dump with what became of their transactions, one after the other as they are asked for.
 * @throws CodecError naming the field.
 */
export function* dumpedBlocks(dump: Fields): Generator<DumpedBlock> {
  const outcomeOf = outcomesIn(listIn(dump, 'transactions'));
  const block: Codec<DumpedBlock> = {
    expected: 'a block { header, transactions, ommers }',
    decode: (value) => {
      if (!isRecord(value)) throw mismatch(block.expected, value);
      const fields = decodeAt(header, value['header'], '.header');
      const number = BigInt(`0x${Buffer.from(fields[NUMBER_FIELD] as Uint8Array).toString('hex') || '0'}`);
      const placed = decodeAt(list(transaction), value['transactions'] ?? [], '.transactions');
      const transactions = placed.map(({ hash: transactionHash, ...one }, index): DumpedTransaction => {
        const found = outcomeOf(number, index, transactionHash);
        return found === undefined ? one : { ...one, outcome: found };
      });
      const withdrawals = decodeAt(list(withdrawal), value['withdrawals'] ?? [], '.withdrawals');
      return { header: fields, transactions, withdrawals };
    },
  };
  for (const [i, one] of listIn(dump, 'blocks').entries()) yield decodeAt(block, one, `.blocks[${i}]`);
}
