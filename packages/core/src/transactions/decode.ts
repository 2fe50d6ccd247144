import type { Common } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import {
  type Blob4844Tx,
  createBlob4844TxFromSerializedNetworkWrapper,
  createMinimal4844TxFromNetworkWrapper,
  createTxFromRLP,
  isBlob4844Tx,
  type TxOptions,
  type TypedTransaction,
} from '@ethereumjs/tx';
import { type Address, bytesToBigInt } from '@ethereumjs/util';
import { transactionError } from './faults.ts';
import { reasonFromLibrary, requireType, ruleFromLibrary } from './txData.ts';

export interface DecodedTransaction {
  readonly tx: TypedTransaction;
  readonly sender: Address;
}

/** The chain id a raw transaction was signed for; undefined before EIP-155 or when it cannot be read. */
function signedChainId(raw: Uint8Array): bigint | undefined {
  try {
    const isLegacy = (raw[0] as number) >= 0xc0;
    let fields = RLP.decode(isLegacy ? raw : raw.subarray(1)) as Uint8Array[];
    if (Array.isArray(fields[0])) fields = fields[0] as unknown as Uint8Array[];
    if (!isLegacy) return bytesToBigInt(fields[0] as Uint8Array);
    const v = bytesToBigInt(fields[6] as Uint8Array);
    return v >= 35n ? (v - 35n) / 2n : undefined;
  } catch {
    return undefined;
  }
}

function decodeBlob(raw: Uint8Array, options: TxOptions & { readonly common: Common }): Blob4844Tx {
  const fields = RLP.decode(raw.subarray(1));
  if (!Array.isArray(fields[0])) {
    throw transactionError({ code: 'BLOB_INVALID', detail: 'missing sidecar (send blobs, commitments and proofs)' });
  }
  try {
    return createBlob4844TxFromSerializedNetworkWrapper(raw, options);
  } catch (error) {
    throw transactionError({ code: 'BLOB_INVALID', detail: reasonFromLibrary(error) }, { cause: error });
  }
}

/**
 * Reads a transaction as wallets send it, without looking at who signed it.
 * @param freeze whether nothing can be added to it; default true.
 * @throws TransactionError.
 */
export function readTransaction(raw: Uint8Array, common: Common, { freeze = true } = {}): TypedTransaction {
  const first = raw[0];
  if (first === undefined) throw transactionError({ code: 'TRANSACTION_MALFORMED', detail: 'empty transaction data' });
  if (first < 0xc0) requireType(first, common);
  const chainId = signedChainId(raw);
  if (chainId !== undefined && chainId !== common.chainId()) {
    throw transactionError({ code: 'CHAIN_ID_MISMATCH', got: chainId, expected: common.chainId() });
  }
  if (first === 3) return decodeBlob(raw, { common, freeze });
  try {
    return createTxFromRLP(raw, { common, freeze });
  } catch (error) {
    const reason = reasonFromLibrary(error);
    if (reason.startsWith('Invalid Signature')) {
      throw transactionError({ code: 'SIGNATURE_INVALID', detail: reason }, { cause: error });
    }
    // The library checks rules of the fork, too: what breaks one of them could be read.
    const broken = ruleFromLibrary(error);
    throw transactionError(
      broken === undefined
        ? { code: 'TRANSACTION_MALFORMED', detail: reason }
        : { code: 'REQUEST_INVALID', detail: broken },
      { cause: error },
    );
  }
}

/**
 * Reads a signed transaction as wallets send it (EIP-2718; blob transactions with their sidecar) and recovers its sender.
 * @throws TransactionError.
 * @example const { tx, sender } = decodeTransaction(raw, hardforks.commonAt(number, timestamp))
 */
export function decodeTransaction(raw: Uint8Array, common: Common): DecodedTransaction {
  const tx = readTransaction(raw, common);
  if (!tx.isSigned()) {
    throw transactionError({ code: 'SIGNATURE_INVALID', detail: 'the transaction is not signed' });
  }
  try {
    return { tx, sender: tx.getSenderAddress() };
  } catch (error) {
    throw transactionError({ code: 'SIGNATURE_INVALID', detail: reasonFromLibrary(error) }, { cause: error });
  }
}

/** The form that goes into a block: a blob transaction leaves its sidecar behind. */
export function minedForm(tx: TypedTransaction, sender: Address, common: Common): TypedTransaction {
  if (!isBlob4844Tx(tx) || tx.blobs === undefined) return tx;
  const minimal = createMinimal4844TxFromNetworkWrapper(tx, { common, freeze: false });
  minimal.getSenderAddress = () => sender;
  return minimal;
}
