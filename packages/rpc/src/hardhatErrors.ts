import { CoreError } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, RpcError } from '@minichain/protocol';
import type { KnownFault } from './faults.ts';
import { SendFailure } from './sendFailure.ts';
import { checksumAddress } from './views/checksumAddress.ts';

/** Whose words errors have: geth's, those of Hardhat 3, or those of Hardhat 2. */
export type ErrorStyle = 'geth' | 'hardhat' | 'hardhat2';

/** What an error is an answer to. */
export interface Asked {
  readonly style: ErrorStyle | undefined;
  readonly method: string;
  readonly params: unknown;
  readonly chain: { readonly miner: { readonly mode: { readonly type: string } } };
}

/** What Hardhat says, before either version puts it into a reply. */
interface Saying {
  readonly code: number;
  readonly text: string;
  /** What a call or a transaction returned that failed; undefined where none ran. */
  readonly returned?: string;
  /** Of a transaction that failed. */
  readonly hash?: string | undefined;
  /** What Hardhat 2 repeats of the request. */
  readonly request?: object;
}

const { invalidInput, invalidParams, internal, methodNotFound, reverted } = RPC_CODES;
const UNSUPPORTED = -32004;

const ERROR_SELECTOR = '0x08c379a0';
const PANIC_SELECTOR = '0x4e487b71';
const FAILED = 'VM Exception while processing transaction:';

const PANICS: Readonly<Record<string, string>> = {
  '0x1': 'Assertion error',
  '0x11': 'Arithmetic operation overflowed outside of an unchecked block',
  '0x12': 'Division or modulo division by zero',
  '0x21': 'Tried to convert a value into an enum, but the value was too big or negative',
  '0x22': 'Incorrectly encoded storage byte array',
  '0x31': '.pop() was called on an empty array',
  '0x32': 'Array accessed at an out-of-bounds or negative index',
  '0x41': 'Too much memory was allocated, or an array was created that is too large',
  '0x51': 'Called a zero-initialized variable of internal function type',
};

function panicText(payload: Uint8Array): string {
  const code = `0x${BigInt(hex(payload)).toString(16)}`;
  const meaning = PANICS[code];
  return meaning === undefined
    ? `reverted with unknown panic code ${code}`
    : `reverted with panic code ${code} (${meaning})`;
}

function revertText(data: Uint8Array, reason: string | undefined): string {
  if (data.length === 0) return 'Transaction reverted without a reason string';
  const selector = hex(data.subarray(0, 4));
  if (selector === ERROR_SELECTOR && reason !== undefined) return `${FAILED} reverted with reason string '${reason}'`;
  if (selector === PANIC_SELECTOR && data.length === 36) return `${FAILED} ${panicText(data.subarray(4))}`;
  return `${FAILED} reverted with an unrecognized custom error (return data: ${hex(data)})`;
}

type Sentences = {
  readonly [C in KnownFault['code']]?: (fault: Extract<KnownFault, { code: C }>, asked: Asked) => string;
};

interface TooLittleGas {
  readonly needed: bigint;
  readonly gasLimit: bigint;
}
const gas = ({ needed, gasLimit }: TooLittleGas): string =>
  `Transaction requires at least ${needed} gas but got ${gasLimit}`;
const floor = ({ needed, gasLimit }: TooLittleGas): string =>
  `Transaction requires gas floor of ${needed} but got limit of ${gasLimit}`;
const funds = ({ want, have }: { want: bigint; have: bigint }): string =>
  `Sender doesn't have enough funds to send tx. The max upfront cost is: ${want} and the sender's balance is: ${have}.`;
const tip = (fault: { tip: bigint; feeCap: bigint }): string =>
  `maxPriorityFeePerGas (${fault.tip}) is bigger than maxFeePerGas (${fault.feeCap})`;
const AUTOMINING = ['instant', 'mixed'];
const QUEUE = "Note that transactions can't be queued when automining.";

/** Refusals with code -32000, by what is wrong. */
const REFUSALS: Sentences = {
  NONCE_TOO_LOW: ({ expected, got }, { chain }) =>
    AUTOMINING.includes(chain.miner.mode.type)
      ? `Nonce too low. Expected nonce to be ${expected} but got ${got}. ${QUEUE}`
      : `Transaction nonce too low. Expected nonce to be at least ${expected} but got ${got}.`,
  NONCE_TOO_HIGH: ({ expected, got }) => `Nonce too high. Expected nonce to be ${expected} but got ${got}. ${QUEUE}`,
  ALREADY_KNOWN: ({ hash }) => `Known transaction: ${hash}`,
  REPLACEMENT_UNDERPRICED: ({ needed, nonce }) =>
    `Replacement transaction underpriced. A gasPrice/maxFeePerGas of at least ${needed} is necessary to replace the existing transaction with nonce ${nonce}.`,
  FUNDS_INSUFFICIENT: funds,
  CALL_FUNDS_INSUFFICIENT: funds,
  ACCOUNT_UNKNOWN: ({ address }) => `Unknown account ${checksumAddress(address)}`,
  KEY_UNKNOWN: ({ address }) => `Unknown account ${checksumAddress(address)}`,
  INTRINSIC_GAS_LOW: gas,
  INTRINSIC_GAS_TOO_LOW: (fault) => (fault.isFloor === true ? floor(fault) : gas(fault)),
  FLOOR_GAS_LOW: floor,
  GAS_LIMIT_ABOVE_CAP: ({ gasLimit, cap }) =>
    `Transaction gas limit is ${gasLimit} and exceeds transaction gas cap of ${cap}`,
  GAS_LIMIT_ABOVE_BLOCK: ({ gasLimit, blockGasLimit }) =>
    `Transaction gas limit is ${gasLimit} and exceeds block gas limit of ${blockGasLimit}`,
  FEE_CAP_BELOW_BASE_FEE: ({ feeCap, baseFee, isGasPrice }) =>
    `Transaction ${isGasPrice === true ? 'gasPrice' : 'maxFeePerGas'} (${feeCap}) is too low for the next block, which has a baseFeePerGas of ${baseFee}`,
  CALL_FEE_CAP_BELOW_BASE_FEE: ({ feeCap, baseFee }) =>
    `Transaction maxFeePerGas (${feeCap}) is too low for the next block, which has a baseFeePerGas of ${baseFee}`,
  TIP_ABOVE_FEE_CAP: tip,
  CALL_TIP_ABOVE_FEE_CAP: tip,
  TRANSACTION_NOT_FOUND: ({ hash }) => `Unable to find a block containing transaction ${hash}`,
  TIMESTAMP_NOT_AFTER_HEAD: ({ timestamp, head }) =>
    `Timestamp ${timestamp} is lower than the previous block's timestamp ${head}`,
  BLOCK_NOT_FOUND: ({ wanted, head }) =>
    `Received invalid block tag ${wanted.replace(/^\w+ /, '')}. Latest block number is ${head}`,
};

/** The same with code -32602. */
const WRONG_PARAMS: Sentences = {
  CHAIN_ID_MISMATCH: ({ got, expected, isLegacy }, { method }) => {
    if (isLegacy === true) return 'Trying to send an incompatible EIP-155 transaction, signed for another chain.';
    return method.startsWith('eth_sendRaw')
      ? `Trying to send a raw transaction with an invalid chainId. The expected chainId is ${expected}`
      : `Invalid chainId ${got} provided, expected ${expected} instead.`;
  },
  TRANSACTION_MALFORMED: () => 'input too short',
  TYPE_NOT_SUPPORTED: ({ type }) => `Invalid transaction type ${type}.`,
};

function refusal(fault: KnownFault, asked: Asked): Saying | undefined {
  const say = (sentences: Sentences): string | undefined =>
    (sentences[fault.code] as ((fault: KnownFault, asked: Asked) => string) | undefined)?.(fault, asked);
  const text = say(REFUSALS);
  if (text !== undefined) return { code: invalidInput, text };
  const wrong = say(WRONG_PARAMS);
  return wrong === undefined ? undefined : { code: invalidParams, text: wrong };
}

/** Halts that Hardhat has words for; of the others it says what it says of a revert without a reason. */
function haltText(halt: string): string {
  if (halt === 'InvalidFEOpcode' || halt === 'InvalidOpcode') return `${FAILED} invalid opcode`;
  if (halt === 'CreateContractSizeLimit')
    return 'Transaction reverted: trying to deploy a contract whose code is too large';
  return 'Transaction reverted without a reason string';
}

/** @param hash of the transaction that failed; a call and an estimate have none. */
function execution(fault: KnownFault, hash?: string): Saying | undefined {
  if (fault.code === 'REVERTED') {
    return { code: reverted, text: revertText(fault.data, fault.reason), returned: hex(fault.data), hash };
  }
  if (fault.code !== 'HALTED') return undefined;
  if (fault.halt === 'OutOfGas')
    return { code: invalidInput, text: 'Transaction ran out of gas', returned: '0x', hash };
  return { code: reverted, text: haltText(fault.halt), returned: '0x', hash };
}

/** Method → what is refused → Hardhat's words for it. */
const IN_WORDS: readonly [method: RegExp, ours: RegExp, code: number, theirs: string][] = [
  [/_setMinGasPrice$/, /EIP-1559 is active/, invalidInput, '$method is not supported when EIP-1559 is active'],
  [/_setBlockGasLimit$/, /got 0$/, invalidInput, 'Block gas limit must be greater than 0'],
  [/_dropTransaction$/, /Transaction 0x\w+ cannot be dropped because it's already mined/, invalidParams, '$&'],
  [/^eth_/, /both gasPrice and \(max/, invalidInput, 'Cannot send both gasPrice and maxFeePerGas params'],
  [
    /^eth_send/,
    /max initcode size exceeded: code size (\d+), limit (\d+)$/,
    invalidParams,
    `
Trying to send a deployment transaction whose init code length is $1. The max length allowed by EIP-3860 is $2.

Enable the 'allowUnlimitedContractSize' option to allow init codes of any length.`,
  ],
];

/** What has a sentence and no facts: what a method, a decoder or the library refused. */
function sentence(message: string, { method }: Asked): Saying | undefined {
  for (const [methods, ours, code, theirs] of IN_WORDS) {
    const found = methods.test(method) ? ours.exec(message) : null;
    if (found !== null) return { code, text: found[0].replace(ours, theirs.replace('$method', method)) };
  }
  return undefined;
}

function sayingOf(error: unknown, asked: Asked): Saying | undefined {
  if (error instanceof SendFailure) return execution(error.error.fault, error.hash);
  if (error instanceof RpcError) {
    if (error.code !== methodNotFound) return sentence(error.message, asked);
    const { method, params } = asked;
    return { code: UNSUPPORTED, text: `Method ${method} is not supported`, request: { method, params } };
  }
  if (!(error instanceof CoreError)) return undefined;
  const fault = error.fault as KnownFault;
  // Hardhat says of an estimate what it says of a call.
  if (fault.code === 'GAS_ALLOWANCE_EXCEEDED') return sayingOf(error.cause, asked);
  return refusal(fault, asked) ?? execution(fault) ?? sentence(error.message, asked);
}

function hardhat3({ code, text, returned, hash }: Saying, cause: unknown): RpcError {
  const data =
    returned === undefined
      ? { message: text }
      : { message: text, ...(hash === undefined ? {} : { txHash: hash }), data: returned };
  return new RpcError(code, text, code === reverted ? returned : data, { cause });
}

function hardhat2({ code, text, returned, hash, request }: Saying, cause: unknown): RpcError {
  if (returned === undefined) return new RpcError(code, text, { message: text, data: request ?? null }, { cause });
  const isReverted = code === reverted;
  const message = isReverted ? `Error: ${text}` : text;
  const txHash = hash ?? (isReverted ? undefined : null);
  const data = { message, ...(txHash === undefined ? {} : { txHash }), data: returned };
  return new RpcError(isReverted ? internal : code, message, data, { cause });
}

/**
 * An error as Hardhat 3 or 2 words it, for tools that look for its texts (`--error-style hardhat`, `hardhat2`).
 * @returns undefined where Hardhat has no words of its own, or nobody wants them.
 * @example hardhatError(error, { style: 'hardhat', method: 'eth_call', params: [], chain })
 */
export function hardhatError(error: unknown, asked: Asked): RpcError | undefined {
  if (asked.style === undefined || asked.style === 'geth') return undefined;
  const saying = sayingOf(error, asked);
  if (saying === undefined) return undefined;
  return asked.style === 'hardhat' ? hardhat3(saying, error) : hardhat2(saying, error);
}
