import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import hardhatEthersChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers';
import hardhatIgnitionViem from '@nomicfoundation/hardhat-ignition-viem';
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers';
import hardhatViem from '@nomicfoundation/hardhat-viem';
import hardhatViemAssertions from '@nomicfoundation/hardhat-viem-assertions';
import { defineConfig } from 'hardhat/config';

const url = process.env['MINICHAIN_URL'];
assert.ok(url, 'MINICHAIN_URL names the node');

export default defineConfig({
  plugins: [
    hardhatEthers,
    hardhatEthersChaiMatchers,
    hardhatIgnitionViem,
    hardhatNetworkHelpers,
    hardhatViem,
    hardhatViemAssertions,
  ],
  solidity: { version: '0.8.37', path: fileURLToPath(import.meta.resolve('solc/soljson.js')) },
  networks: { minichain: { type: 'http', chainType: 'l1', url } },
});
