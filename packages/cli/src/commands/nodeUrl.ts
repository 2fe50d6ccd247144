import type { Command } from 'commander';

/** The flag of every command that talks to a node. */
export function addNodeUrl(command: Command): void {
  command
    .optionsGroup('Node:')
    .option('--rpc-url <url>', 'http or ws address (default: ETH_RPC_URL, else http://127.0.0.1:8545)');
}
