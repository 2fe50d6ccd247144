import { keepCode, runBundle } from './dist/runBundle.js';

/**
 * Starts a node without a port, does what tests do first, and keeps the code that V8 made of the bundle for it. Run by
 * `bundle.mjs`.
 */
const bundle = new URL('./dist/node.cjs', import.meta.url);
const { exports, script } = runBundle(bundle);
const node = await exports.createNode({ server: false });
const request = (method, params = []) => node.provider.request({ method, params });
const [from] = await request('eth_accounts');
const snapshot = await request('evm_snapshot');
const hash = await request('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
for (const method of ['eth_getTransactionReceipt', 'eth_getTransactionByHash']) await request(method, [hash]);
await request('eth_getBlockByNumber', ['latest', false]);
await request('eth_call', [{ from, to: from }, 'latest']);
await request('evm_revert', [snapshot]);
await node.close();
keepCode(bundle, script);
process.exit(0);
