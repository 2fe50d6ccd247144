import { type Common, Hardfork } from '@ethereumjs/common';

/** Bytes that a block may have in RLP since Osaka (EIP-7934): ten MiB, less two that consensus clients need around it. */
const MOST_BYTES = 8 * 1024 * 1024;

/** EthereumJS knows the rule, but does not count it among those of Osaka. @returns bytes; infinite where there is no such rule. */
export const mostBlockBytes = (common: Common): number =>
  common.gteHardfork(Hardfork.Osaka) ? MOST_BYTES : Number.POSITIVE_INFINITY;
