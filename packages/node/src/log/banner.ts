import { DEFAULT_MNEMONIC } from '@minichain/core';
import { checksumAddress } from '@minichain/rpc';
import type { DevAccount, MinichainNode } from '../createNode.ts';
import { VERSION } from '../version.ts';
import { formatEther } from './units.ts';

const title = (text: string): string => `${text}\n${'='.repeat(text.length)}`;

/** True of the default mnemonic and of any other: a key that was printed protects nothing. */
function warning(mnemonic: string): string {
  return mnemonic === DEFAULT_MNEMONIC
    ? 'WARNING: these keys are public. Anything sent to these accounts on a real network is lost.'
    : 'WARNING: whoever can read this output or reach this node owns these accounts. Use the mnemonic for tests only.';
}

async function balanceOf({ chain }: MinichainNode, index: number): Promise<bigint> {
  const account = chain.accounts.owned[index];
  return account === undefined ? 0n : chain.state.of(chain.chain.head).balance(account.address);
}

async function accountsPart(node: MinichainNode): Promise<string[]> {
  const { mnemonic, derivationPath } = node.chain.options.accounts;
  if (node.accounts.length === 0) return ['No dev accounts.', ''];
  const line = async ({ address }: DevAccount, index: number) =>
    `(${index}) ${checksumAddress(address)} (${formatEther(await balanceOf(node, index))} ETH)`;
  return [
    title('Available accounts'),
    ...(await Promise.all(node.accounts.map(line))),
    '',
    title('Private keys'),
    ...node.accounts.map(({ privateKey }, index) => `(${index}) ${privateKey}`),
    '',
    warning(mnemonic),
    '',
    title('Wallet'),
    `Mnemonic:         ${mnemonic}`,
    `Derivation path:  ${derivationPath}`,
    '',
  ];
}

/** Whether only this machine can reach an address. */
const isLoopback = (host: string): boolean => /^(127\.|::1$|localhost$)/.test(host);

/** What the node says at start; its last line tells tools that it is ready. */
export async function bannerText(node: MinichainNode): Promise<string> {
  const { chain, server } = node;
  const genesis = chain.chain.genesis.block.header;
  const { header } = chain.chain.head.block;
  const isExposed = server !== undefined && !isLoopback(server.host);
  return [
    `minichain ${VERSION}`,
    '',
    ...(await accountsPart(node)),
    title('Chain'),
    `Chain ID:           ${chain.chainId()}`,
    `Hardfork:           ${chain.hardforks.nameAt(header.number, header.timestamp)}`,
    `Base fee:           ${genesis.baseFeePerGas === undefined ? 'none' : `${genesis.baseFeePerGas} wei`}`,
    `Gas limit:          ${chain.miner.gasLimit}`,
    `Genesis timestamp:  ${genesis.timestamp}`,
    ...(header.number > 0n ? [`Imported blocks:    ${header.number}`] : []),
    '',
    ...(isExposed
      ? [`WARNING: ${server.host} is not a loopback address; whoever reaches it can use the accounts.`, '']
      : []),
    ...(server === undefined || node.metricsPort === undefined
      ? []
      : [`Metrics on ${server.url.slice('http://'.length).replace(/\d+$/, String(node.metricsPort))}`]),
    ...(node.ipc === undefined ? [] : [`IPC path: ${node.ipc.path}`]),
    ...(server === undefined ? [] : [`Listening on ${server.url.slice('http://'.length)}`]),
    '',
  ].join('\n');
}
