import { concatHex, encodeAbiParameters, type Hex, keccak256, toHex } from 'viem';
import type { Dev } from '../differential/accounts.ts';
import type { Contract, Stage } from './stage.ts';

const TYPE = keccak256(toHex('Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)'));
const FIELDS = ['bytes32', 'address', 'address', 'uint256', 'uint256', 'uint256'].map((type) => ({ type }));

export interface Permission {
  readonly owner: Dev;
  readonly spender: Hex;
  readonly value: bigint;
  /** Unix time in seconds. */
  readonly until: bigint;
}

/** `[v, r, s]` of an EIP-2612 permission, as the token's own domain separator wants it. */
export async function permission(stage: Stage, token: Contract, { owner, spender, value, until }: Permission) {
  const nonce = await stage.read<bigint>(token, 'nonces', [owner.address]);
  const struct = keccak256(encodeAbiParameters(FIELDS, [TYPE, owner.address, spender, value, nonce, until]));
  const domain = await stage.read<Hex>(token, 'DOMAIN_SEPARATOR');
  const signature = await owner.sign({ hash: keccak256(concatHex(['0x1901', domain, struct])) });
  return [Number(`0x${signature.slice(130)}`), signature.slice(0, 66), `0x${signature.slice(66, 130)}`] as const;
}

/** The arguments of `permit`. */
export async function permitOf(stage: Stage, token: Contract, given: Permission): Promise<readonly unknown[]> {
  const { owner, spender, value, until } = given;
  return [owner.address, spender, value, until, ...(await permission(stage, token, given))];
}
