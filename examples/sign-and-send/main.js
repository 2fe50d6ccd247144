// Keys stay here: every transaction is signed in this program and sent as raw bytes.
import {
  createPublicClient,
  defineChain,
  encodeDeployData,
  encodeFunctionData,
  http,
  parseEther,
  parseGwei,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { abi, bytecode } from './counter.js';

const url = process.env.RPC_URL ?? 'http://127.0.0.1:8545';
const mnemonic = process.env.MNEMONIC ?? 'test test test test test test test test test test test junk';
const alice = mnemonicToAccount(mnemonic, { addressIndex: 0 });
const bob = mnemonicToAccount(mnemonic, { addressIndex: 1 });

const id = await createPublicClient({ transport: http(url) }).getChainId();
const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 };
const chain = defineChain({ id, name: 'dev chain', nativeCurrency, rpcUrls: { default: { http: [url] } } });
const client = createPublicClient({ chain, transport: http(), pollingInterval: 50 });

/** Fills in what is left open (nonce, gas, fees), signs, sends the bytes and waits for the receipt. */
async function signAndSend(what, account, transaction) {
  const request = await client.prepareTransactionRequest({ account, ...transaction });
  const serializedTransaction = await account.signTransaction(request);
  const hash = await client.sendRawTransaction({ serializedTransaction });
  const receipt = await client.waitForTransactionReceipt({ hash });
  console.log(`${what}: ${receipt.type}, ${receipt.status}, block ${receipt.blockNumber}, ${receipt.gasUsed} gas`);
  return receipt;
}
const countOf = (address) => client.readContract({ abi, address, functionName: 'count' });
const increment = encodeFunctionData({ abi, functionName: 'increment' });

console.log(`Chain ${id} at ${url}`);
await signAndSend('Legacy transfer', alice, { type: 'legacy', to: bob.address, value: parseEther('1') });
await signAndSend('EIP-1559 transfer', alice, {
  type: 'eip1559',
  to: bob.address,
  value: parseEther('1'),
  maxPriorityFeePerGas: parseGwei('2'),
});
const data = encodeDeployData({ abi, bytecode });
const { contractAddress } = await signAndSend('Deployment', alice, { type: 'eip1559', data });

// Alice lets her account run Counter's code. Bob pays: he carries her authorization and calls her account with it.
const nonce = await client.getTransactionCount({ address: alice.address });
const authorization = await alice.signAuthorization({ address: contractAddress, chainId: id, nonce });
await signAndSend('EIP-7702 with a call', bob, {
  type: 'eip7702',
  to: alice.address,
  data: increment,
  authorizationList: [authorization],
});
// The delegation stays: from now on anybody's plain call runs it.
await signAndSend('Call of the delegated account', bob, { type: 'eip1559', to: alice.address, data: increment });

console.log(`Code of alice: ${await client.getCode({ address: alice.address })}`);
console.log(
  `Count of alice: ${await countOf(alice.address)}, of the contract itself: ${await countOf(contractAddress)}`,
);
