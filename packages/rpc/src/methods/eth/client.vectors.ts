import { expect } from 'vitest';
import { ALICE, BLOCK_3, BOB, CAROL, NOWHERE, STRANGER, UNWANTED, type Vectors } from '../../world.vectors.ts';
import type { client } from './client.ts';

const byHashing = (name: string) => ({
  code: -32004,
  message: `${name} is not supported since the Merge: no block is mined by hashing`,
});

const discover = {
  succeeds: [
    {
      params: [],
      result: expect.objectContaining({
        openrpc: '1.3.2',
        info: { title: 'minichain', version: expect.any(String), license: { name: 'MIT' } },
        methods: expect.arrayContaining([expect.objectContaining({ name: 'eth_blockNumber' })]),
      }),
      shown: {
        openrpc: '1.3.2',
        info: { title: 'minichain', version: '1.2.3' },
        methods: [{ name: 'anvil_addBalance', paramStructure: 'by-position' }],
        components: { schemas: {} },
      },
    },
  ],
  fails: [UNWANTED],
} as const;

export const clientVectors = {
  eth_chainId: { succeeds: [{ params: [], result: '0x7a69' }], fails: [UNWANTED] },
  eth_syncing: { succeeds: [{ params: [], result: false }], fails: [UNWANTED] },
  eth_coinbase: {
    succeeds: [
      { params: [], result: '0x0000000000000000000000000000000000000000' },
      { when: 'it was set', before: [['hardhat_setCoinbase', [CAROL]]], params: [], result: CAROL },
    ],
    fails: [UNWANTED],
  },
  eth_accounts: {
    succeeds: [
      { params: [], result: [ALICE, BOB, CAROL] },
      {
        when: 'another account is impersonated',
        before: [['anvil_impersonateAccount', [STRANGER]]],
        params: [],
        result: [ALICE, BOB, CAROL, STRANGER],
      },
    ],
    fails: [UNWANTED],
  },
  eth_requestAccounts: { succeeds: [{ params: [], result: [ALICE, BOB, CAROL] }], fails: [UNWANTED] },
  eth_blockNumber: {
    succeeds: [
      { params: [], result: '0x3' },
      { when: 'blocks were mined', before: [['hardhat_mine', ['0x3']]], params: [], result: '0x6' },
    ],
    fails: [UNWANTED],
  },
  eth_protocolVersion: { succeeds: [{ params: [], result: '0x44' }], fails: [UNWANTED] },
  eth_mining: {
    succeeds: [
      { params: [], result: true },
      { when: 'automine is off', before: [['evm_setAutomine', [false]]], params: [], result: false },
    ],
    fails: [UNWANTED],
  },
  eth_hashrate: { succeeds: [{ params: [], result: '0x0' }], fails: [UNWANTED] },
  eth_capabilities: {
    succeeds: [
      {
        params: [],
        result: {
          head: { number: '0x3', hash: BLOCK_3 },
          state: { disabled: false, oldestBlock: '0x0' },
          tx: { disabled: false, oldestBlock: '0x0' },
          logs: { disabled: false, oldestBlock: '0x0' },
          receipts: { disabled: false, oldestBlock: '0x0' },
          blocks: { disabled: false, oldestBlock: '0x0' },
          stateproofs: { disabled: false, oldestBlock: '0x0' },
        },
      },
    ],
    fails: [UNWANTED],
  },
  eth_config: {
    succeeds: [
      {
        params: [],
        result: {
          current: {
            activationTime: 0,
            blobSchedule: { baseFeeUpdateFraction: 5007716, max: 9, target: 6 },
            chainId: '0x7a69',
            forkId: '0xf273475f',
            precompiles: {
              BLAKE2F: '0x0000000000000000000000000000000000000009',
              BLS12_G1ADD: '0x000000000000000000000000000000000000000b',
              BLS12_G1MSM: '0x000000000000000000000000000000000000000c',
              BLS12_G2ADD: '0x000000000000000000000000000000000000000d',
              BLS12_G2MSM: '0x000000000000000000000000000000000000000e',
              BLS12_MAP_FP2_TO_G2: '0x0000000000000000000000000000000000000011',
              BLS12_MAP_FP_TO_G1: '0x0000000000000000000000000000000000000010',
              BLS12_PAIRING_CHECK: '0x000000000000000000000000000000000000000f',
              BN254_ADD: '0x0000000000000000000000000000000000000006',
              BN254_MUL: '0x0000000000000000000000000000000000000007',
              BN254_PAIRING: '0x0000000000000000000000000000000000000008',
              ECREC: '0x0000000000000000000000000000000000000001',
              ID: '0x0000000000000000000000000000000000000004',
              KZG_POINT_EVALUATION: '0x000000000000000000000000000000000000000a',
              MODEXP: '0x0000000000000000000000000000000000000005',
              P256VERIFY: '0x0000000000000000000000000000000000000100',
              RIPEMD160: '0x0000000000000000000000000000000000000003',
              SHA256: '0x0000000000000000000000000000000000000002',
            },
            systemContracts: {
              BEACON_ROOTS_ADDRESS: '0x000f3df6d732807ef1319fb7b8bb8522d0beac02',
              CONSOLIDATION_REQUEST_PREDEPLOY_ADDRESS: '0x0000bbddc7ce488642fb579f8b00f3a590007251',
              DEPOSIT_CONTRACT_ADDRESS: '0x00000000219ab540356cbb839cbe05303d7705fa',
              HISTORY_STORAGE_ADDRESS: '0x0000f90827f1c53a10cb7a02335b175320002935',
              WITHDRAWAL_REQUEST_PREDEPLOY_ADDRESS: '0x00000961ef480eb55e80d19ad83579a64c007002',
            },
          },
          next: null,
          last: null,
        },
      },
    ],
    fails: [UNWANTED],
  },
  eth_networkId: { succeeds: [{ params: [], result: '31337' }], fails: [UNWANTED] },
  eth_getCompilers: { succeeds: [{ params: [], result: [] }], fails: [UNWANTED] },
  eth_getWork: { succeeds: [], fails: [{ params: [], error: byHashing('eth_getWork') }] },
  eth_submitWork: {
    succeeds: [],
    fails: [
      { params: ['0x0000000000000001', NOWHERE, NOWHERE], error: byHashing('eth_submitWork') },
      {
        params: ['work'],
        error: { code: -32602, message: 'params[0] (nonce): expected 0x-prefixed hex bytes, got "work"' },
      },
    ],
  },
  eth_submitHashrate: {
    succeeds: [],
    fails: [{ params: ['0x1', NOWHERE], error: byHashing('eth_submitHashrate') }],
  },
  net_version: { succeeds: [{ params: [], result: '31337' }], fails: [UNWANTED] },
  net_listening: { succeeds: [{ params: [], result: true }], fails: [UNWANTED] },
  net_peerCount: { succeeds: [{ params: [], result: '0x0' }], fails: [UNWANTED] },
  web3_clientVersion: { succeeds: [{ params: [], result: 'anvil/minichain-v1.2.3' }], fails: [UNWANTED] },
  'rpc.discover': discover,
  rpc_discover: discover,
  rpc_modules: {
    succeeds: [
      {
        params: [],
        result: {
          anvil: '1.0',
          debug: '1.0',
          erigon: '1.0',
          eth: '1.0',
          evm: '1.0',
          hardhat: '1.0',
          minichain: '1.0',
          miner: '1.0',
          net: '1.0',
          ots: '1.0',
          personal: '1.0',
          rpc: '1.0',
          tenderly: '1.0',
          testing: '1.0',
          trace: '1.0',
          txpool: '1.0',
          web3: '1.0',
        },
      },
    ],
    fails: [UNWANTED],
  },
} satisfies Vectors<typeof client>;
