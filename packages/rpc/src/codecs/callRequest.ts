import type { AccessListEntry, Authorization, CallRequest } from '@minichain/core';
import type { RpcTransactionRequest } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch, onlyFields } from './codec.ts';
import { address, bytes32, count, data, hash, looseQuantity } from './scalars.ts';

const accessListEntry: Codec<AccessListEntry> = {
  expected: '{ address, storageKeys }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(accessListEntry.expected, value);
    return {
      address: decodeAt(address, value['address'], '.address').bytes,
      storageKeys: decodeAt(list(bytes32), value['storageKeys'] ?? [], '.storageKeys'),
    };
  },
};

const authorization: Codec<Authorization> = {
  expected: 'a signed authorization { chainId, address, nonce, yParity, r, s }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(authorization.expected, value);
    const read = <T>(codec: Codec<T>, key: string): T => decodeAt(codec, value[key], `.${key}`);
    return {
      chainId: read(looseQuantity, 'chainId'),
      address: read(address, 'address'),
      nonce: read(looseQuantity, 'nonce'),
      yParity: value['yParity'] === undefined ? Number(read(looseQuantity, 'v')) : read(count, 'yParity'),
      r: read(looseQuantity, 'r'),
      s: read(looseQuantity, 's'),
    };
  },
};

type Fields = { readonly [K in keyof CallRequest]-?: readonly [wire: string, codec: Codec<CallRequest[K]>] };

const FIELDS: Omit<Fields, 'data' | 'to'> = {
  from: ['from', address],
  gasLimit: ['gas', looseQuantity],
  gasPrice: ['gasPrice', looseQuantity],
  maxFeePerGas: ['maxFeePerGas', looseQuantity],
  maxPriorityFeePerGas: ['maxPriorityFeePerGas', looseQuantity],
  maxFeePerBlobGas: ['maxFeePerBlobGas', looseQuantity],
  value: ['value', looseQuantity],
  nonce: ['nonce', looseQuantity],
  type: ['type', count],
  chainId: ['chainId', looseQuantity],
  accessList: ['accessList', list(accessListEntry)],
  authorizationList: ['authorizationList', list(authorization)],
  blobVersionedHashes: ['blobVersionedHashes', list(hash)],
  blobs: ['blobs', list(data)],
  kzgCommitments: ['commitments', list(data)],
  kzgProofs: ['proofs', list(data)],
};

/** Other names of the same fields: ethers' and web3.js's, and what Foundry calls the cell proofs of EIP-7594. */
const ALIASES: Readonly<Record<string, string>> = { gas: 'gasLimit', proofs: 'cellProofs' };

const READ = [...Object.values(FIELDS).map(([wire]) => wire), ...Object.values(ALIASES), 'to', 'data', 'input'];
/** What a transaction carries when it was read from a node or made by web3.js; it decides nothing about a new one. */
const PASSED_OVER = [
  ...['hash', 'blockHash', 'blockNumber', 'blockTimestamp', 'transactionIndex', 'creates', 'v', 'r', 's', 'yParity'],
  ...['chain', 'common', 'hardfork', 'networkId'],
];

function inputData(value: Record<string, unknown>): Uint8Array | undefined {
  const { data: asData, input } = value;
  if (asData != null && input != null && String(asData).toLowerCase() !== String(input).toLowerCase()) {
    throw new CodecError('both "data" and "input" are set and not equal; use "input" to pass transaction call data');
  }
  if (input != null) return decodeAt(data, input, '.input');
  return asData == null ? undefined : decodeAt(data, asData, '.data');
}

/** A call or an unsigned transaction. `data` and `input` are the same thing; null means left out. */
export const callRequest: Codec<CallRequest, RpcTransactionRequest> = {
  expected: 'a transaction object',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(callRequest.expected, value);
    onlyFields(value, READ, PASSED_OVER);
    const request: Record<string, unknown> = {};
    for (const [key, [wire, codec]] of Object.entries(FIELDS)) {
      const given = value[wire] ?? value[ALIASES[wire] ?? wire];
      if (given != null) request[key] = decodeAt(codec as Codec<unknown>, given, `.${wire}`);
    }
    // Some clients send "" for a creation.
    if (value['to'] != null && value['to'] !== '' && value['to'] !== '0x') {
      request['to'] = decodeAt(address, value['to'], '.to');
    }
    const input = inputData(value);
    if (input !== undefined) request['data'] = input;
    if (
      request['gasPrice'] !== undefined &&
      (request['maxFeePerGas'] ?? request['maxPriorityFeePerGas']) !== undefined
    ) {
      throw new CodecError('both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified');
    }
    return request as CallRequest;
  },
};
