import { type Chain, type ExecutedBlock, encodeRlp, type RlpItem } from '@minichain/core';

const HASH_BYTES = 32;
const NUMBER_BYTES = 8;
const LATIN: BufferEncoding = 'latin1';
/** Names of the head in geth's database. */
const HEADS = ['LastBlock', 'LastHeader', 'LastFast'];

const numberBytes = (value: bigint): Uint8Array => {
  const bytes = Buffer.alloc(NUMBER_BYTES);
  bytes.writeBigUInt64BE(value);
  return bytes;
};

/** Big endian, without zeros before it. */
function shortest(value: bigint): Uint8Array {
  const digits = value === 0n ? '' : value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

/** As geth stores a block's receipts: status or root, gas so far, logs. */
function storedReceipts({ receipts }: ExecutedBlock): Uint8Array {
  const items = receipts.map(({ stateRoot, status, cumulativeGasUsed, logs }): RlpItem => {
    const result = stateRoot ?? shortest(BigInt(status ?? 0));
    return [result, shortest(cumulativeGasUsed), logs.map(({ address, topics, data }) => [address, topics, data])];
  });
  return encodeRlp(items);
}

function bodyOf({ block }: ExecutedBlock): Uint8Array {
  const [, ...body] = block.raw();
  return encodeRlp(body as readonly unknown[] as readonly RlpItem[]);
}

/** What comes after the letter, a number and a hash, of a block that is there. */
async function blockAt({ chain }: Chain, rest: Buffer): Promise<ExecutedBlock | undefined> {
  if (rest.length !== NUMBER_BYTES + HASH_BYTES) return undefined;
  const block = await chain.get({ hash: rest.subarray(NUMBER_BYTES) });
  return block?.block.header.number === rest.readBigUInt64BE() ? block : undefined;
}

async function headerValue(chain: Chain, rest: Buffer): Promise<Uint8Array | undefined> {
  const isCanonical = rest.length === NUMBER_BYTES + 1 && rest.at(-1) === 'n'.charCodeAt(0);
  if (isCanonical) return (await chain.chain.get({ number: rest.readBigUInt64BE() }))?.hash;
  return (await blockAt(chain, rest))?.block.header.serialize();
}

/** What geth keeps by the kind of key that begins with that letter. */
const KINDS: Readonly<Record<string, (chain: Chain, rest: Buffer) => Promise<Uint8Array | undefined>>> = {
  h: headerValue,
  b: async (chain, rest) => {
    const block = await blockAt(chain, rest);
    return block && bodyOf(block);
  },
  r: async (chain, rest) => {
    const block = await blockAt(chain, rest);
    return block && storedReceipts(block);
  },
  H: async ({ chain }, rest) => {
    const block = rest.length === HASH_BYTES ? await chain.get({ hash: rest }) : undefined;
    return block && numberBytes(block.block.header.number);
  },
  l: async ({ chain }, rest) => {
    const place = rest.length === HASH_BYTES ? await chain.transaction(rest) : undefined;
    return place && shortest(place.block.block.header.number);
  },
  c: async ({ state }, rest) => (rest.length === HASH_BYTES ? state.code(rest) : undefined),
};

/**
 * What a geth database would have under a key: heads, headers, bodies, receipts, numbers, transactions' blocks, code, nodes.
 * @example await lookUp(chain, Buffer.from('LastBlock')) // hash of the head
 */
export async function lookUp(chain: Chain, key: Uint8Array): Promise<Uint8Array | undefined> {
  const bytes = Buffer.from(key);
  if (HEADS.includes(bytes.toString(LATIN))) return chain.chain.head.hash;
  if (bytes.length === HASH_BYTES) return chain.state.node(bytes);
  const letter = bytes.toString(LATIN, 0, 1);
  return Object.hasOwn(KINDS, letter) ? KINDS[letter]?.(chain, bytes.subarray(1)) : undefined;
}
