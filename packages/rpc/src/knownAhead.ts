const ABOUT_THE_NODE = /^(net|web3|rpc|txpool)_/;
const ETH =
  /^eth_(blockNumber|chainId|syncing|coinbase|accounts|requestAccounts|protocolVersion|mining|hashrate|gasPrice|maxPriorityFeePerGas|blobBaseFee|get(Balance|Code|TransactionCount|Storage(At|Values)|Account|AccountInfo|Proof|BlockBy\w+|TransactionByHash|TransactionReceipt)|call|estimateGas|createAccessList|sign\w*|send\w+)$/;
const SETTERS =
  /^(evm|anvil|hardhat)_(mine|snapshot|revert|increaseTime|set\w+|add\w+|drop\w+|remove\w+|\w*[iI]mpersonat\w+|get(Automine|IntervalMining))$/;

/**
 * Methods that need not wait until blocks that were mined ahead are worked out: what they read is known, or they ask for the
 * one block or state that they are about, which waits by itself, or they write.
 */
export const isKnownAhead = (method: string): boolean =>
  ETH.test(method) || SETTERS.test(method) || ABOUT_THE_NODE.test(method);
