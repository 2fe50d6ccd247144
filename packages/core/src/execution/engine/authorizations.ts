import { RLP } from '@ethereumjs/rlp';
import { bytesToBigInt, setLengthLeft, unpadBytes } from '@ethereumjs/util';
import { addressBytesFromPublicKey, secp256k1 } from '../../crypto/crypto.ts';
import { keccak256 } from '../../crypto/keccak.ts';
import type { AuthorizationFields } from '../../transactions/transactionFields.ts';
import type { CoreAccounts } from './coreParts.ts';
import type { ForkRules } from './forkRules.ts';

/** What the code of an account that delegates begins with (EIP-7702); the address follows. */
const DELEGATION = Uint8Array.of(0xef, 0x01, 0x00);
const DELEGATED_BYTES = DELEGATION.length + 20;
/** Begins what an authority signs. */
const MAGIC = 0x05;
const MAX_NONCE = 2n ** 64n - 1n;
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const NO_CODE = new Uint8Array();

/** Whether code only points to another account's. */
export function isDelegation(code: Uint8Array): boolean {
  return code[0] === DELEGATION[0] && code[1] === DELEGATION[1] && code[2] === DELEGATION[2];
}

interface Authorization {
  readonly chainId: bigint;
  readonly address: Uint8Array;
  readonly nonce: bigint;
  readonly parity: bigint;
  readonly r: Uint8Array;
  readonly s: Uint8Array;
}

function read(fields: AuthorizationFields): Authorization {
  const [chainId, address, nonce, parity, r, s] = fields as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  return {
    address,
    r,
    s,
    chainId: bytesToBigInt(chainId),
    nonce: bytesToBigInt(nonce),
    parity: bytesToBigInt(parity),
  };
}

const isWellFormed = ({ chainId, nonce, parity, s }: Authorization, rules: ForkRules): boolean =>
  (chainId === 0n || chainId === rules.chainId) && nonce < MAX_NONCE && parity <= 1n && bytesToBigInt(s) <= HALF_ORDER;

/** Who signed it; undefined for a signature that recovers to nobody. */
function authorityOf(fields: AuthorizationFields, { address, parity, r, s }: Authorization): Uint8Array | undefined {
  const [chainId, , nonce] = fields as [Uint8Array, Uint8Array, Uint8Array];
  const list = RLP.encode([unpadBytes(chainId), address, unpadBytes(nonce)]);
  const message = new Uint8Array(list.length + 1);
  message[0] = MAGIC;
  message.set(list, 1);
  const signature = new Uint8Array(64);
  signature.set(setLengthLeft(unpadBytes(r), 32), 0);
  signature.set(setLengthLeft(unpadBytes(s), 32), 32);
  try {
    return addressBytesFromPublicKey(secp256k1().recover(keccak256(message), signature, Number(parity)));
  } catch {
    return undefined;
  }
}

function delegationTo(address: Uint8Array): Uint8Array {
  if (address.every((byte) => byte === 0)) return NO_CODE;
  const code = new Uint8Array(DELEGATED_BYTES);
  code.set(DELEGATION, 0);
  code.set(address, DELEGATION.length);
  return code;
}

/**
 * Sets the code of accounts that authorised it (EIP-7702). One that breaks a rule is passed over; its authority is warm all
 * the same, once it is known.
 * @returns the gas to be given back for authorities that existed.
 */
export function authorize(core: CoreAccounts, list: readonly AuthorizationFields[], rules: ForkRules): bigint {
  let refund = 0n;
  for (const fields of list) {
    const authorization = read(fields);
    if (!isWellFormed(authorization, rules)) continue;
    const authority = authorityOf(fields, authorization);
    if (authority === undefined) continue;
    core.warmAddress(authority);
    const code = core.code(authority);
    if (code.length > 0 && !isDelegation(code)) continue;
    if (core.nonce(authority) !== authorization.nonce) continue;
    if (core.account(authority) !== undefined) refund += rules.authorityRefund;
    core.setNonce(authority, authorization.nonce + 1n);
    core.setCode(authority, delegationTo(authorization.address));
  }
  return refund;
}
