import type { Common } from '@ethereumjs/common';
import { createTx, type TypedTransaction, type TypedTxData } from '@ethereumjs/tx';
import { bigIntToUnpaddedBytes, bytesToHex, type PrefixedHexString } from '@ethereumjs/util';
import type { AccessListEntry, Authorization, CallRequest } from '../execution/request.ts';
import { transactionError } from './faults.ts';

/** The EIP-2718 type that the given fields ask for. */
export function typeFromRequest(request: CallRequest, common: Common): number {
  if (request.type !== undefined) return request.type;
  if (request.authorizationList !== undefined) return 4;
  if (request.blobVersionedHashes !== undefined || request.blobs !== undefined) return 3;
  if (request.maxFeePerGas !== undefined || request.maxPriorityFeePerGas !== undefined) return 2;
  if (request.gasPrice !== undefined) return request.accessList === undefined ? 0 : 1;
  if (common.isActivatedEIP(1559)) return 2;
  return request.accessList === undefined ? 0 : 1;
}

const TYPE_EIP: Readonly<Record<number, number>> = { 1: 2930, 2: 1559, 3: 4844, 4: 7702 };

/** @throws TransactionError TYPE_NOT_SUPPORTED when the fork does not have the type yet, or nobody has. */
export function requireType(type: number, common: Common): void {
  const eip = TYPE_EIP[type];
  if (type !== 0 && (eip === undefined || !common.isActivatedEIP(eip))) {
    throw transactionError({ code: 'TYPE_NOT_SUPPORTED', type, hardfork: common.hardfork() });
  }
}

const accessListData = (list: readonly AccessListEntry[]) =>
  list.map(({ address, storageKeys }) => ({
    address: bytesToHex(address),
    storageKeys: storageKeys.map((key): PrefixedHexString => bytesToHex(key)),
  }));

const authorizationData = (list: readonly Authorization[]) =>
  list.map(({ chainId, address, nonce, yParity, r, s }): [Uint8Array, ...Uint8Array[]] => [
    bigIntToUnpaddedBytes(chainId),
    address.bytes,
    bigIntToUnpaddedBytes(nonce),
    bigIntToUnpaddedBytes(BigInt(yParity)),
    bigIntToUnpaddedBytes(r),
    bigIntToUnpaddedBytes(s),
  ]);

function blobData(request: CallRequest, common: Common): Record<string, unknown> {
  const hex = (items: readonly Uint8Array[]) => items.map((item) => bytesToHex(item));
  return {
    maxFeePerBlobGas: request.maxFeePerBlobGas ?? 0n,
    ...(request.blobVersionedHashes === undefined ? {} : { blobVersionedHashes: hex(request.blobVersionedHashes) }),
    ...(request.blobs === undefined
      ? {}
      : {
          blobs: hex(request.blobs),
          // EIP-7594 moves to 128 cell proofs a blob from Osaka on.
          networkWrapperVersion: common.isActivatedEIP(7594) ? 1 : 0,
          ...(request.kzgCommitments === undefined ? {} : { kzgCommitments: hex(request.kzgCommitments) }),
          ...(request.kzgProofs === undefined ? {} : { kzgProofs: hex(request.kzgProofs) }),
        }),
  };
}

function feeData(request: CallRequest, type: number): Record<string, unknown> {
  if (type < 2) return { gasPrice: request.gasPrice ?? 0n };
  const maxFeePerGas = request.maxFeePerGas ?? request.gasPrice ?? 0n;
  return { maxFeePerGas, maxPriorityFeePerGas: request.maxPriorityFeePerGas ?? request.gasPrice ?? 0n };
}

/** A made-up signature for a transaction that nobody signed; its r is the sender, so that hashes differ by sender. */
export interface MadeUpSignature {
  readonly r: bigint;
  readonly s: bigint;
  /** Default: as of the chain, even parity. */
  readonly v?: bigint;
}

export interface UnsignedOptions {
  readonly common: Common;
  readonly signature?: MadeUpSignature;
}

/**
 * Turns decoded fields into EthereumJS's transaction, unsigned or with a made-up signature. What is absent becomes zero.
 * @throws TransactionError TYPE_NOT_SUPPORTED, REQUEST_INVALID.
 */
export function txFromRequest(request: CallRequest, options: UnsignedOptions): TypedTransaction {
  const { common, signature } = options;
  const type = typeFromRequest(request, common);
  requireType(type, common);
  const isLegacy = type === 0;
  const data = {
    type,
    nonce: request.nonce ?? 0n,
    gasLimit: request.gasLimit ?? 0n,
    value: request.value ?? 0n,
    data: request.data ?? new Uint8Array(),
    ...(request.to === undefined || request.to === null ? {} : { to: request.to }),
    ...feeData(request, type),
    ...(isLegacy ? {} : { chainId: common.chainId(), accessList: accessListData(request.accessList ?? []) }),
    ...(type === 3 ? blobData(request, common) : {}),
    ...(type === 4 ? { authorizationList: authorizationData(request.authorizationList ?? []) } : {}),
    ...(signature === undefined ? {} : { v: isLegacy ? common.chainId() * 2n + 35n : 0n, ...signature }),
  };
  try {
    return createTx(data as TypedTxData, { common, freeze: false });
  } catch (error) {
    throw transactionError({ code: 'REQUEST_INVALID', detail: reasonFromLibrary(error) }, { cause: error });
  }
}

/** The library's wording → geth's, which client libraries match. */
const IN_GETHS_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /the tx doesn't have the correct nonce\. account has nonce of: (\d+) tx has nonce of: (\d+)/,
    'nonce does not follow: next nonce $1, tx nonce $2',
  ],
  [/tx should contain at least one blob/, 'need at least 1 blob for a blob transaction'],
  [/maxFeePerGas cannot be less than maxPriorityFeePerGas/, 'max priority fee per gas higher than max fee per gas'],
  [
    /initcode size of this transaction is too large: it is (\d+) while the max is (\d+)/,
    'max initcode size exceeded: code size $1, limit $2',
  ],
  [
    /Transaction gas limit (\d+) exceeds the maximum allowed by EIP-7825 \((\d+)\).*/,
    'transaction gas limit too high: gas $1, cap $2 (EIP-7825)',
  ],
];

/** The rule that the library found broken, in geth's words; undefined for any other complaint. */
export function ruleFromLibrary(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : String(error);
  for (const [pattern, words] of IN_GETHS_WORDS) {
    const found = pattern.exec(message);
    if (found !== null) return found[0].replace(pattern, words);
  }
  return undefined;
}

/** Why the library refused, without the dump of the transaction that its messages end in. */
export function reasonFromLibrary(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return ruleFromLibrary(error) ?? (message.split(/ \((?:tx type|vm hf|block number|hf)/)[0] as string);
}
