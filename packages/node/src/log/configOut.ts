import type { MinichainNode } from '../createNode.ts';

/** `--config-out`: Anvil's file, with what a client needs besides. */
export function configOut(node: MinichainNode): Record<string, unknown> {
  const { chain, server } = node;
  const { mnemonic, derivationPath } = chain.options.accounts;
  const genesis = chain.chain.genesis.block.header;
  return {
    available_accounts: node.accounts.map(({ address }) => address),
    private_keys: node.accounts.map(({ privateKey }) => privateKey),
    wallet: { derivation_path: derivationPath, mnemonic },
    base_fee: (genesis.baseFeePerGas ?? 0n).toString(),
    gas_price: chain.fees.gasPrice().toString(),
    gas_limit: chain.miner.gasLimit.toString(),
    genesis_timestamp: genesis.timestamp.toString(),
    chain_id: Number(chain.chainId()),
    hardfork: chain.hardforks.nameAt(genesis.number, genesis.timestamp),
    host: server?.host ?? null,
    port: server?.port ?? null,
    url: server?.url ?? null,
    ...(node.metricsPort === undefined ? {} : { metrics_port: node.metricsPort }),
  };
}
