import type { Common } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import {
  type Blob4844Tx,
  create1559FeeMarketTxFromBytesArray,
  createAccessList2930TxFromBytesArray,
  createBlob4844TxFromSerializedNetworkWrapper,
  createEOACode7702TxFromBytesArray,
  createLegacyTxFromBytesArray,
  createMinimal4844TxFromNetworkWrapper,
  createTxFromRLP,
  isBlob4844Tx,
  type TxOptions,
  type TypedTransaction,
} from '@ethereumjs/tx';
import { type Address, bytesToBigInt } from '@ethereumjs/util';
import { CoreError } from '../errors.ts';
import { transactionError } from './faults.ts';
import { reasonFromLibrary, requireType, ruleFromLibrary } from './txData.ts';
import { recoverSender, requireShortest, type Wire, wireOf, withBytes } from './wire.ts';

export interface DecodedTransaction {
  readonly tx: TypedTransaction;
  readonly sender: Address;
}

/** The chain id a transaction was signed for; undefined before EIP-155. */
function signedChainId({ fields }: Wire, isTyped: boolean): bigint | undefined {
  if (isTyped) return bytesToBigInt(fields[0] as Uint8Array);
  const v = bytesToBigInt(fields[6] as Uint8Array);
  return v >= 35n ? (v - 35n) / 2n : undefined;
}

/** A transaction that can be read at least so far that it says for which chain it was signed. */
function requireChain(raw: Uint8Array, common: Common): Wire | undefined {
  let chainId: bigint | undefined;
  let wire: Wire | undefined;
  const isTyped = (raw[0] as number) < 0xc0;
  try {
    wire = wireOf(raw, isTyped);
    // A blob transaction comes in a list with its sidecar.
    const inner = wire?.fields[0];
    const own = Array.isArray(inner) ? { raw, fields: inner as Uint8Array[] } : wire;
    chainId = own && signedChainId(own, isTyped);
  } catch {
    // Whoever reads the rest says what is wrong with it.
  }
  if (chainId !== undefined && chainId !== common.chainId()) {
    const fault = { code: 'CHAIN_ID_MISMATCH', got: chainId, expected: common.chainId() } as const;
    throw transactionError(isTyped ? fault : { ...fault, isLegacy: true });
  }
  return wire;
}

/** From its fields, so that they are read once. */
function createFromWire({ raw, fields }: Wire, options: TxOptions): TypedTransaction {
  switch (raw[0]) {
    case 1:
      return createAccessList2930TxFromBytesArray(fields as never, options);
    case 2:
      return create1559FeeMarketTxFromBytesArray(fields as never, options);
    case 4:
      return createEOACode7702TxFromBytesArray(fields as never, options);
    default:
      return createLegacyTxFromBytesArray(fields as never, options);
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

function readPlain(raw: Uint8Array, wire: Wire | undefined, options: TxOptions): TypedTransaction {
  try {
    // Of what is no list the library says why.
    if (wire === undefined) return createTxFromRLP(raw, options);
    if ((raw[0] as number) < 0xc0) requireShortest(wire);
    const tx = withBytes(createFromWire(wire, { ...options, freeze: false }), raw);
    if (options.freeze !== false) Object.freeze(tx);
    return tx;
  } catch (error) {
    if (error instanceof CoreError) throw error;
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

function read(raw: Uint8Array, common: Common, freeze: boolean): { tx: TypedTransaction; wire: Wire | undefined } {
  const first = raw[0];
  if (first === undefined) throw transactionError({ code: 'TRANSACTION_MALFORMED', detail: 'empty transaction data' });
  if (first < 0xc0) requireType(first, common);
  const wire = requireChain(raw, common);
  const options = { common, freeze };
  return { tx: first === 3 ? decodeBlob(raw, options) : readPlain(raw, wire, options), wire };
}

/**
 * Reads a transaction as wallets send it, without looking at who signed it.
 * @param freeze whether nothing can be added to it; default true.
 * @throws TransactionError.
 */
export function readTransaction(raw: Uint8Array, common: Common, { freeze = true } = {}): TypedTransaction {
  return read(raw, common, freeze).tx;
}

/**
 * Reads a signed transaction as wallets send it (EIP-2718; blob transactions with their sidecar) and recovers its sender.
 * @throws TransactionError.
 * @example const { tx, sender } = decodeTransaction(raw, hardforks.commonAt(number, timestamp))
 */
export function decodeTransaction(raw: Uint8Array, common: Common): DecodedTransaction {
  const { tx, wire } = read(raw, common, true);
  if (!tx.isSigned()) {
    throw transactionError({ code: 'SIGNATURE_INVALID', detail: 'the transaction is not signed' });
  }
  try {
    const isPlain = wire !== undefined && tx.type !== 0 && tx.type !== 3;
    return { tx, sender: isPlain ? recoverSender(wire) : tx.getSenderAddress() };
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
