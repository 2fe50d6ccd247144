import type { MinichainNode } from '../createNode.ts';
import { VERSION } from '../version.ts';
import { formatEther } from './units.ts';

const title = (text: string): string => `${text}\n${'='.repeat(text.length)}`;

function accountsPart(node: MinichainNode): string[] {
  const { mnemonic, derivationPath, balance } = node.chain.options.accounts;
  if (node.accounts.length === 0) return ['No dev accounts (--accounts 0).', ''];
  const ether = formatEther(balance);
  return [
    title('Available accounts'),
    ...node.accounts.map(({ address }, index) => `(${index}) ${address} (${ether} ETH)`),
    '',
    title('Private keys'),
    ...node.accounts.map(({ privateKey }, index) => `(${index}) ${privateKey}`),
    '',
    'WARNING: these keys are public. Anything sent to these accounts on a real network is lost.',
    '',
    title('Wallet'),
    `Mnemonic:         ${mnemonic}`,
    `Derivation path:  ${derivationPath}`,
    '',
  ];
}

/** What the node says at start; its last line tells tools that it is ready. */
export function bannerText(node: MinichainNode): string {
  const { chain, server } = node;
  const genesis = chain.chain.genesis.block.header;
  const { header } = chain.chain.head.block;
  const warnPublic = server !== undefined && server.host !== '127.0.0.1' && server.host !== 'localhost';
  return [
    `minichain ${VERSION}`,
    '',
    ...accountsPart(node),
    title('Chain'),
    `Chain ID:           ${chain.chainId()}`,
    `Hardfork:           ${chain.hardforks.nameAt(header.number, header.timestamp)}`,
    `Base fee:           ${genesis.baseFeePerGas ?? 'none'}${genesis.baseFeePerGas === undefined ? '' : ' wei'}`,
    `Gas limit:          ${chain.miner.gasLimit}`,
    `Genesis timestamp:  ${genesis.timestamp}`,
    ...(header.number > 0n ? [`Imported blocks:    ${header.number}`] : []),
    '',
    ...(warnPublic ? [`WARNING: listening on ${server.host}; whoever reaches it can use the accounts above.`, ''] : []),
    ...(server === undefined ? [] : [`Listening on ${server.host}:${server.port}`]),
    '',
  ].join('\n');
}
