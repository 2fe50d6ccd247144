import { CliError } from '../cliError.ts';
import type { NodeUrlFlags } from './flags.ts';

/** The node to talk to. @throws CliError for what is no address of one. */
export function nodeUrl({ rpcUrl }: NodeUrlFlags): string {
  const [source, url] = rpcUrl === undefined ? ['ETH_RPC_URL', process.env['ETH_RPC_URL']] : ['--rpc-url', rpcUrl];
  if (url === undefined || url === '') return 'http://127.0.0.1:8545';
  if (!/^(?:https?|wss?):\/\//i.test(url) || !URL.canParse(url)) {
    throw new CliError(`${source}: expected http://… or ws://…, got "${url}"`, 2);
  }
  return url;
}
