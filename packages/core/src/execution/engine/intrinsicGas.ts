import type { TransactionFields } from '../../transactions/transactionFields.ts';
import type { ForkRules } from './forkRules.ts';

/** What a transaction costs before its first opcode, and at least (EIP-7623). */
export interface GasBounds {
  readonly intrinsic: bigint;
  readonly floor: bigint;
}

/** Tokens of a byte that is not zero (EIP-7623). */
const TOKENS_PER_BYTE = 4;

function zerosIn(data: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < data.length; i++) if (data[i] === 0) zeros++;
  return zeros;
}

function listGas({ accessList = [], authorizationList = [] }: TransactionFields, rules: ForkRules): number {
  let gas = authorizationList.length * rules.authorizationGas;
  for (const [, keys] of accessList) gas += rules.accessAddressGas + keys.length * rules.accessKeyGas;
  return gas;
}

/** @example gasBounds({ data: new Uint8Array(), to, … }, rules) // { intrinsic: 21000n, floor: 21000n } */
export function gasBounds(fields: TransactionFields, rules: ForkRules): GasBounds {
  const { data, to } = fields;
  const isCreate = to === undefined;
  const zeros = zerosIn(data);
  const others = data.length - zeros;
  const words = isCreate ? Math.ceil(data.length / 32) : 0;
  const dataGas = zeros * rules.zeroByteGas + others * rules.otherByteGas + words * rules.initcodeWordGas;
  const tokens = zeros + others * TOKENS_PER_BYTE;
  return {
    intrinsic: rules.txGas + (isCreate ? rules.creationGas : 0n) + BigInt(dataGas + listGas(fields, rules)),
    floor: rules.floorGasPerToken === 0 ? 0n : rules.txGas + BigInt(tokens * rules.floorGasPerToken),
  };
}
