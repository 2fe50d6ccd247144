import type { ChainOptions } from '@minichain/core';

/** Version of minichain; a test holds it equal to the packages'. */
export const VERSION = '0.1.0';

/**
 * `web3_clientVersion`. It begins with `anvil`, since Hardhat's network helpers refuse a node whose version begins with
 * anything but `hardhat`, `zksync` or `anvil`.
 */
export const CLIENT_VERSION = `anvil/minichain-v${VERSION}/${process.platform}-${process.arch}/node${process.version}`;

/** Chain options with what a data directory notes of who writes to it. */
export const withVersion = (options: ChainOptions = {}): ChainOptions => ({
  ...options,
  storage: { ...options.storage, version: VERSION },
});
