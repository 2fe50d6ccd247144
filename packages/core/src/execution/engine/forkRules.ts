import { type Common, Hardfork } from '@ethereumjs/common';

/** What a fork says of transactions, read once: asking a `Common` for a parameter costs more than using it. Gas in gas. */
export interface ForkRules {
  readonly chainId: bigint;
  readonly txGas: bigint;
  /** Of a creation; nothing before Homestead. */
  readonly creationGas: bigint;
  readonly zeroByteGas: number;
  readonly otherByteGas: number;
  /** A word of initcode (EIP-3860). */
  readonly initcodeWordGas: number;
  readonly accessAddressGas: number;
  readonly accessKeyGas: number;
  readonly authorizationGas: number;
  /** Given back for an authority that exists (EIP-7702). */
  readonly authorityRefund: bigint;
  /** EIP-7623; 0 where there is no floor. */
  readonly floorGasPerToken: number;
  readonly refundQuotient: bigint;
  readonly gasPerBlob: bigint;
  /** EIP-1559. */
  readonly hasBaseFee: boolean;
  /** EIP-2929. */
  readonly hasWarmth: boolean;
  /** EIP-3651. */
  readonly warmsCoinbase: boolean;
  /** EIP-7702. */
  readonly hasDelegation: boolean;
  /** EIP-658; before it receipts have a state root. */
  readonly hasStatus: boolean;
}

const rulesOf = new WeakMap<Common, ForkRules>();

function readRules(common: Common): ForkRules {
  const number = (name: string): number => Number(common.param(name));
  const has = (eip: number): boolean => common.isActivatedEIP(eip);
  const delegates = has(7702);
  return {
    chainId: common.chainId(),
    txGas: common.param('txGas'),
    creationGas: common.gteHardfork(Hardfork.Homestead) ? common.param('txCreationGas') : 0n,
    zeroByteGas: number('txDataZeroGas'),
    otherByteGas: number('txDataNonZeroGas'),
    initcodeWordGas: has(3860) ? number('initCodeWordGas') : 0,
    accessAddressGas: has(2930) ? number('accessListAddressGas') : 0,
    accessKeyGas: has(2930) ? number('accessListStorageKeyGas') : 0,
    authorizationGas: delegates ? number('perEmptyAccountCost') : 0,
    authorityRefund: delegates ? common.param('perEmptyAccountCost') - common.param('perAuthBaseGas') : 0n,
    floorGasPerToken: has(7623) ? number('totalCostFloorPerToken') : 0,
    refundQuotient: common.param('maxRefundQuotient'),
    gasPerBlob: has(4844) ? common.param('blobGasPerBlob') : 0n,
    hasBaseFee: has(1559),
    hasWarmth: has(2929),
    warmsCoinbase: has(3651),
    hasDelegation: delegates,
    hasStatus: common.gteHardfork(Hardfork.Byzantium),
  };
}

/** @example forkRules(hardforks.commonAt(0n, 0n)).txGas // 21000n */
export function forkRules(common: Common): ForkRules {
  let rules = rulesOf.get(common);
  if (rules === undefined) {
    rules = readRules(common);
    rulesOf.set(common, rules);
  }
  return rules;
}
