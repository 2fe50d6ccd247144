import { fileURLToPath } from 'node:url';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import hardhatEthersChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers';
import hardhatMocha from '@nomicfoundation/hardhat-mocha';
import hardhatToolboxViem from '@nomicfoundation/hardhat-toolbox-viem';
import { defineConfig } from 'hardhat/config';

export default defineConfig({
  // The viem toolbox, and of the ethers toolbox all but its Ignition extension: Hardhat allows one of those at a time.
  plugins: [hardhatToolboxViem, hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha],
  solidity: {
    version: '0.8.37',
    // The compiler that `npm ci` laid down; without this line Hardhat downloads one.
    path: fileURLToPath(import.meta.resolve('solc/soljson.js')),
    settings: { optimizer: { enabled: true, runs: 200 } },
  },
  networks: {
    minichain: {
      type: 'http',
      chainType: 'l1',
      url: process.env['MINICHAIN_URL'] ?? 'http://127.0.0.1:8545',
    },
  },
  paths: { tests: { nodejs: 'test/viem', mocha: 'test/ethers' } },
});
