import { createNode } from 'minichain';

// A whole chain in this process; `server: false` opens no port.
const node = await createNode({ server: false });
const [alice, bob] = node.accounts;

/** One JSON-RPC request, as any wallet makes it (EIP-1193). */
const request = (method, ...params) => node.provider.request({ method, params });
const ether = (wei) => Number((BigInt(wei) * 1000n) / 10n ** 18n) / 1000;
const balance = async ({ address }) => ether(await request('eth_getBalance', address, 'latest'));

console.log(`Chain ${Number(await request('eth_chainId'))} is ready`);
console.log(`Before: alice has ${await balance(alice)} ETH, bob has ${await balance(bob)} ETH`);

const value = `0x${(25n * 10n ** 17n).toString(16)}`; // 2.5 ETH in wei
const hash = await request('eth_sendTransaction', { from: alice.address, to: bob.address, value });

// The hash comes back once the block is made, so the receipt is there.
const receipt = await request('eth_getTransactionReceipt', hash);
console.log(`Block ${Number(receipt.blockNumber)}: status ${receipt.status}, ${Number(receipt.gasUsed)} gas`);
console.log(`After: alice has ${await balance(alice)} ETH, bob has ${await balance(bob)} ETH`);

await node.close();
