import {
  ALICE,
  BLOCK_1,
  BLOCK_3,
  BOB,
  CAROL,
  CUSTOM_7,
  ECHO,
  EMPTY_BLOOM,
  EMPTY_ROOT,
  ERROR_NO,
  INVALID,
  LOGGER,
  LOOP,
  NO_BLOCK_9,
  NO_REQUESTS,
  NO_UNCLES,
  NOWHERE,
  PANIC_11,
  REVERTER,
  STORE,
  STRANGER,
  TELL_NUMBER,
  type Vectors,
  WORD_7,
  ZERO_WORD,
} from '../../world.vectors.ts';
import type { execute } from './execute.ts';

export const executeVectors = {
  eth_call: {
    succeeds: [
      { params: [{ to: ECHO, data: '0x010203' }, 'latest'], result: '0x010203' },
      { when: 'input and data are the same', params: [{ to: ECHO, data: '0xab', input: '0xAB' }], result: '0xab' },
      { when: 'the block is long ago', params: [{ to: STORE }, '0x2'], result: ZERO_WORD },
      { when: 'the block is named by EIP-1898', params: [{ to: STORE }, { blockHash: BLOCK_1 }], result: ZERO_WORD },
      {
        when: 'code is overridden',
        params: [{ to: STRANGER, data: '0x07' }, 'latest', { [STRANGER]: { code: '0x365f5f37365ff3' } }],
        result: '0x07',
      },
      {
        when: 'single slots are overridden',
        params: [{ to: STORE }, 'latest', { [STORE]: { stateDiff: { [ZERO_WORD]: NOWHERE } } }],
        result: NOWHERE,
      },
      {
        when: 'the whole storage is overridden',
        params: [{ to: STORE }, 'latest', { [STORE]: { state: {} } }],
        result: ZERO_WORD,
      },
      {
        when: 'a balance is overridden',
        params: [
          { from: STRANGER, to: ECHO, value: '0x1', data: '0xaa' },
          'latest',
          { [STRANGER]: { balance: '0x1' } },
        ],
        result: '0xaa',
      },
      {
        when: 'the block is overridden',
        params: [{ to: STRANGER }, 'latest', { [STRANGER]: { code: TELL_NUMBER } }, { number: '0x7' }],
        result: WORD_7,
      },
      {
        when: 'a stale nonce, type and chain id come with it, as Hardhat sends them',
        params: [
          {
            from: ALICE,
            to: ECHO,
            data: '0x01',
            nonce: '0x0',
            type: '0x2',
            chainId: '0x7a69',
            gas: '0xc350',
            maxFeePerGas: '0xb2d05e00',
            maxPriorityFeePerGas: '0x3b9aca00',
          },
          'latest',
        ],
        result: '0x01',
      },
      { when: 'it creates a contract', params: [{ from: ALICE, data: '0x60015f5360015ff3' }], result: '0x01' },
      {
        when: 'null stands for what is left out',
        params: [{ from: null, to: ECHO, gas: null, value: null, data: '0x05' }],
        result: '0x05',
      },
    ],
    fails: [
      {
        when: 'a reason is given',
        params: [{ to: REVERTER, data: ERROR_NO }],
        error: { code: 3, message: 'execution reverted: no', data: ERROR_NO },
      },
      {
        when: 'a panic happens',
        params: [{ to: REVERTER, data: PANIC_11 }],
        error: {
          code: 3,
          message: 'execution reverted: panic: arithmetic underflow or overflow (0x11)',
          data: PANIC_11,
        },
      },
      {
        when: 'a custom error is thrown',
        params: [{ to: REVERTER, data: CUSTOM_7 }],
        error: { code: 3, message: 'execution reverted', data: CUSTOM_7 },
      },
      {
        when: 'nothing is said',
        params: [{ to: REVERTER }],
        error: { code: 3, message: 'execution reverted', data: '0x' },
      },
      {
        when: 'the opcode is invalid',
        params: [{ to: INVALID }],
        error: { code: -32003, message: 'EVM error InvalidFEOpcode: invalid opcode', data: '0x' },
      },
      {
        when: 'the gas runs out',
        params: [{ to: LOOP, gas: '0x186a0' }],
        error: { code: -32003, message: 'EVM error OutOfGas: out of gas', data: '0x' },
      },
      {
        when: 'the gas is below the least',
        params: [{ to: ECHO, gas: '0x5207' }],
        error: { code: -32000, message: 'intrinsic gas too low: gas 20999, minimum needed 21000' },
      },
      {
        when: 'the sender is too poor',
        params: [{ from: STRANGER, to: BOB, value: '0x1' }],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0x00000000000000000000000000000000000a11ce have 0 want 1',
        },
      },
      {
        when: 'the fee cap is below the base fee',
        params: [{ from: ALICE, to: BOB, maxFeePerGas: '0x1' }],
        error: {
          code: -32000,
          message: 'max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 670195104',
        },
      },
      {
        when: 'the tip is above the fee cap',
        params: [{ from: ALICE, to: BOB, maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x77359401' }],
        error: {
          code: -32000,
          message:
            'max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: 2000000001, maxFeePerGas: 2000000000',
        },
      },
      {
        when: 'both kinds of prices are given',
        params: [{ from: ALICE, to: BOB, gasPrice: '0x77359400', maxFeePerGas: '0x77359401' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction): both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (transaction): expected a transaction object',
        },
      },
      {
        params: ['0x'],
        error: { code: -32602, message: 'params[0] (transaction): expected a transaction object, got "0x"' },
      },
      {
        params: [{ to: '0x12' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction).to: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        params: [{ to: ECHO, value: '-1' }],
        error: {
          code: -32602,
          message:
            'params[0] (transaction).value: expected a non-negative number: hex quantity, decimal string or integer, got "-1"',
        },
      },
      {
        params: [{ to: ECHO, data: '0x1', input: '0x2' }],
        error: {
          code: -32602,
          message:
            'params[0] (transaction): both "data" and "input" are set and not equal; use "input" to pass transaction call data',
        },
      },
      {
        when: 'a field is misspelt',
        params: [{ to: ECHO, gasprice: '0x1' }],
        error: { code: -32602, message: 'params[0] (transaction): unknown field "gasprice"; did you mean gasPrice?' },
      },
      {
        when: 'nobody knows the field',
        params: [{ to: ECHO, sponsor: ALICE }],
        error: {
          code: -32602,
          message:
            'params[0] (transaction): unknown field "sponsor"; known are from, gas, gasPrice, maxFeePerGas, maxPriorityFeePerGas, maxFeePerBlobGas, value, nonce, type, chainId, accessList, authorizationList, blobVersionedHashes, blobs, commitments, proofs, gasLimit, cellProofs, to, data, input',
        },
      },
      { params: [{ to: ECHO }, '0x9'], error: NO_BLOCK_9 },
      {
        params: [{ to: ECHO, accessList: [{ address: ECHO, storageKeys: ['0x0'] }] }],
        error: {
          code: -32602,
          message:
            'params[0] (transaction).accessList[0].storageKeys[0]: expected a 32-byte value (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
      {
        when: 'an overridden field is unknown',
        params: [{ to: ECHO }, 'latest', { [ECHO]: { storage: {} } }],
        error: {
          code: -32602,
          message:
            'params[2] (stateOverrides).0x0000000000000000000000000000000000ec4000: unknown field "storage"; known are nonce, balance, code, state, stateDiff, movePrecompileToAddress',
        },
      },
      {
        when: 'the storage is overridden twice',
        params: [{ to: ECHO }, 'latest', { [ECHO]: { state: {}, stateDiff: {} } }],
        error: {
          code: -32000,
          message: "account 0x0000000000000000000000000000000000ec4000 has both 'state' and 'stateDiff'",
        },
      },
      {
        when: 'what is moved is no precompile',
        params: [{ to: ECHO }, 'latest', { [ECHO]: { movePrecompileToAddress: STRANGER } }],
        error: { code: -32000, message: 'account 0x0000000000000000000000000000000000ec4000 is not a precompile' },
      },
      {
        params: [{ to: ECHO }, 'latest', {}, { time: 'soon' }],
        error: {
          code: -32602,
          message:
            'params[3] (blockOverrides).time: expected a non-negative number: hex quantity, decimal string or integer, got "soon"',
        },
      },
      {
        params: [{ to: ECHO }, 'latest', {}, { withdrawals: [] }],
        error: {
          code: -32602,
          message: 'params[3] (blockOverrides).withdrawals: withdrawals cannot be overridden in a call',
        },
      },
    ],
  },
  eth_estimateGas: {
    succeeds: [
      { params: [{ from: ALICE, to: BOB, value: '0x1' }], result: '0x5208' },
      { when: 'code runs', params: [{ from: ALICE, to: LOGGER, data: '0xbeef' }, 'latest'], result: '0x553c' },
      { when: 'a contract is created', params: [{ from: ALICE, data: '0x60015f5360015ff3' }], result: '0xd062' },
      {
        when: 'code is overridden',
        params: [{ to: STRANGER, data: '0x07' }, 'latest', { [STRANGER]: { code: '0x365f5f37365ff3' } }],
        result: '0x5230',
      },
    ],
    fails: [
      {
        when: 'a reason is given',
        params: [{ to: REVERTER, data: ERROR_NO }],
        error: { code: 3, message: 'execution reverted: no', data: ERROR_NO },
      },
      {
        when: 'a panic happens',
        params: [{ to: REVERTER, data: PANIC_11 }],
        error: {
          code: 3,
          message: 'execution reverted: panic: arithmetic underflow or overflow (0x11)',
          data: PANIC_11,
        },
      },
      {
        when: 'a custom error is thrown',
        params: [{ to: REVERTER, data: CUSTOM_7 }],
        error: { code: 3, message: 'execution reverted', data: CUSTOM_7 },
      },
      {
        when: 'nothing is said',
        params: [{ to: REVERTER }],
        error: { code: 3, message: 'execution reverted', data: '0x' },
      },
      {
        when: 'the opcode is invalid',
        params: [{ to: INVALID }],
        error: { code: -32003, message: 'EVM error InvalidFEOpcode: invalid opcode', data: '0x' },
      },
      {
        when: 'the gas runs out',
        params: [{ to: LOOP, gas: '0x186a0' }],
        error: { code: -32000, message: 'gas required exceeds allowance (100000)' },
      },
      {
        when: 'the gas is below the least',
        params: [{ to: ECHO, gas: '0x5207' }],
        error: { code: -32000, message: 'gas required exceeds allowance (20999)' },
      },
      {
        when: 'the sender is too poor',
        params: [{ from: STRANGER, to: BOB, value: '0x1' }],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0x00000000000000000000000000000000000a11ce have 0 want 1',
        },
      },
      {
        when: 'the fee cap is below the base fee',
        params: [{ from: ALICE, to: BOB, maxFeePerGas: '0x1' }],
        error: {
          code: -32000,
          message: 'max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 586674626',
        },
      },
      {
        when: 'the tip is above the fee cap',
        params: [{ from: ALICE, to: BOB, maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x77359401' }],
        error: {
          code: -32000,
          message:
            'max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: 2000000001, maxFeePerGas: 2000000000',
        },
      },
      {
        when: 'both kinds of prices are given',
        params: [{ from: ALICE, to: BOB, gasPrice: '0x77359400', maxFeePerGas: '0x77359401' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction): both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (transaction): expected a transaction object',
        },
      },
      {
        params: ['0x'],
        error: { code: -32602, message: 'params[0] (transaction): expected a transaction object, got "0x"' },
      },
      {
        params: [{ to: '0x12' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction).to: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  eth_createAccessList: {
    succeeds: [
      {
        params: [{ from: ALICE, to: STORE }, 'latest'],
        result: { accessList: [{ address: STORE, storageKeys: [ZERO_WORD] }], gasUsed: '0x6356' },
      },
      {
        when: 'the call fails',
        params: [{ from: ALICE, to: REVERTER, data: ERROR_NO }],
        result: { accessList: [], error: 'execution reverted: no', gasUsed: '0x56e0' },
      },
    ],
    fails: [
      {
        when: 'the gas is below the least',
        params: [{ to: ECHO, gas: '0x5207' }],
        error: { code: -32000, message: 'intrinsic gas too low: gas 20999, minimum needed 21000' },
      },
      {
        when: 'the sender is too poor',
        params: [{ from: STRANGER, to: BOB, value: '0x1' }],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0x00000000000000000000000000000000000a11ce have 0 want 1',
        },
      },
      {
        when: 'the fee cap is below the base fee',
        params: [{ from: ALICE, to: BOB, maxFeePerGas: '0x1' }],
        error: {
          code: -32000,
          message: 'max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 670195104',
        },
      },
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (transaction): expected a transaction object',
        },
      },
      {
        params: ['0x'],
        error: { code: -32602, message: 'params[0] (transaction): expected a transaction object, got "0x"' },
      },
      {
        params: [{ to: '0x12' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction).to: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  eth_simulateV1: {
    succeeds: [
      {
        params: [{ blockStateCalls: [{ calls: [{ from: ALICE, to: BOB, value: '0x1' }] }] }, 'latest'],
        result: [
          {
            hash: '0x173b175711c553591da2a4453c303ced322b2c51a63c29285cfca0619fe7e6e7',
            parentHash: BLOCK_3,
            sha3Uncles: NO_UNCLES,
            miner: '0x0000000000000000000000000000000000000000',
            stateRoot: '0x0643f5b6aec12f49ed8e50797144b9ada8ffb65183463504f5e215d9fa8ff737',
            transactionsRoot: '0x592754451f8ef10c431472b9914ab2a349881173250bca2201887d7b694c9ba4',
            receiptsRoot: '0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa',
            logsBloom: EMPTY_BLOOM,
            difficulty: '0x0',
            number: '0x4',
            gasLimit: '0x1c9c380',
            gasUsed: '0x5208',
            timestamp: '0x6553f10f',
            extraData: '0x',
            mixHash: ZERO_WORD,
            nonce: '0x0000000000000000',
            baseFeePerGas: '0x0',
            withdrawalsRoot: EMPTY_ROOT,
            blobGasUsed: '0x0',
            excessBlobGas: '0x0',
            parentBeaconBlockRoot: ZERO_WORD,
            requestsHash: NO_REQUESTS,
            size: '0x28f',
            uncles: [],
            transactions: ['0x38eed9f2897510663e0e04e3289fca594c8999072c5d7890bd662977f294ff18'],
            withdrawals: [],
            calls: [{ returnData: '0x', logs: [], gasUsed: '0x5208', maxUsedGas: '0x5208', status: '0x1' }],
          },
        ],
      },
      {
        when: 'transfers are traced and a call reverts',
        params: [
          {
            blockStateCalls: [
              {
                blockOverrides: { time: '0x6553f200', feeRecipient: CAROL },
                stateOverrides: { [STRANGER]: { balance: '0x5' } },
                calls: [
                  { from: STRANGER, to: BOB, value: '0x5' },
                  { from: STRANGER, to: REVERTER, data: ERROR_NO },
                ],
              },
            ],
            traceTransfers: true,
            returnFullTransactions: true,
          },
        ],
        result: [
          {
            hash: '0x9fffc8c238f06d42409c5629181b346576ed5c184e2f0bf9d9bd80fef97d881f',
            parentHash: BLOCK_3,
            sha3Uncles: NO_UNCLES,
            miner: CAROL,
            stateRoot: '0x198af3231d2812c5df43f5faa62a98a69cf12e2e85f1df5b10d82749a35e4360',
            transactionsRoot: '0x84a6c6a6294c0ffc341b9fc3aa518349ddbe8a0514bd66e0ad4626065ee60646',
            receiptsRoot: '0xfaf8c00ac85898bd98b1b6acf6e03fcb84ec437e21eb45d07464fdc1761d4076',
            logsBloom: EMPTY_BLOOM,
            difficulty: '0x0',
            number: '0x4',
            gasLimit: '0x1c9c380',
            gasUsed: '0xa8e8',
            timestamp: '0x6553f200',
            extraData: '0x',
            mixHash: ZERO_WORD,
            nonce: '0x0000000000000000',
            baseFeePerGas: '0x0',
            withdrawalsRoot: EMPTY_ROOT,
            blobGasUsed: '0x0',
            excessBlobGas: '0x0',
            parentBeaconBlockRoot: ZERO_WORD,
            requestsHash: NO_REQUESTS,
            size: '0x320',
            uncles: [],
            transactions: [
              {
                type: '0x2',
                hash: '0xb99062df802010ebf435517e6b9714358a6a194712a4d369dc0cf0dfc598f5f7',
                nonce: '0x0',
                blockHash: '0x9fffc8c238f06d42409c5629181b346576ed5c184e2f0bf9d9bd80fef97d881f',
                blockNumber: '0x4',
                blockTimestamp: '0x6553f200',
                transactionIndex: '0x0',
                from: STRANGER,
                to: BOB,
                value: '0x5',
                gas: '0x1c9c380',
                input: '0x',
                chainId: '0x7a69',
                gasPrice: '0x0',
                maxFeePerGas: '0x0',
                maxPriorityFeePerGas: '0x0',
                accessList: [],
                v: '0x0',
                r: '0x0',
                s: '0x0',
                yParity: '0x0',
              },
              {
                type: '0x2',
                hash: '0x0c8ce55abfe69b2561ec63d8284804287f2a653cdf720db3a509611faa5d8e77',
                nonce: '0x1',
                blockHash: '0x9fffc8c238f06d42409c5629181b346576ed5c184e2f0bf9d9bd80fef97d881f',
                blockNumber: '0x4',
                blockTimestamp: '0x6553f200',
                transactionIndex: '0x1',
                from: STRANGER,
                to: REVERTER,
                value: '0x0',
                gas: '0x1c97178',
                input: ERROR_NO,
                chainId: '0x7a69',
                gasPrice: '0x0',
                maxFeePerGas: '0x0',
                maxPriorityFeePerGas: '0x0',
                accessList: [],
                v: '0x0',
                r: '0x0',
                s: '0x0',
                yParity: '0x0',
              },
            ],
            withdrawals: [],
            calls: [
              {
                returnData: '0x',
                logs: [
                  {
                    address: '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
                    topics: [
                      '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
                      '0x00000000000000000000000000000000000000000000000000000000000a11ce',
                      '0x00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c8',
                    ],
                    data: '0x0000000000000000000000000000000000000000000000000000000000000005',
                    blockNumber: '0x4',
                    blockHash: '0x9fffc8c238f06d42409c5629181b346576ed5c184e2f0bf9d9bd80fef97d881f',
                    blockTimestamp: '0x6553f200',
                    transactionHash: '0xb99062df802010ebf435517e6b9714358a6a194712a4d369dc0cf0dfc598f5f7',
                    transactionIndex: '0x0',
                    logIndex: '0x0',
                    removed: false,
                  },
                ],
                gasUsed: '0x5208',
                maxUsedGas: '0x5208',
                status: '0x1',
              },
              {
                returnData: '0x',
                logs: [],
                gasUsed: '0x56e0',
                maxUsedGas: '0x56e0',
                status: '0x0',
                error: { message: 'execution reverted: no', code: 3, data: ERROR_NO },
              },
            ],
          },
        ],
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (payload): expected an object { blockStateCalls, traceTransfers, validation, returnFullTransactions }',
        },
      },
      {
        params: [[]],
        error: {
          code: -32602,
          message:
            'params[0] (payload): expected an object { blockStateCalls, traceTransfers, validation, returnFullTransactions }, got an array',
        },
      },
      {
        params: [{ blockStateCalls: [{ calls: [{ to: '0x12' }] }] }],
        error: {
          code: -32602,
          message:
            'params[0] (payload).blockStateCalls[0].calls[0].to: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        params: [{ blockStateCalls: [] }],
        error: { code: -32602, message: 'empty input: blockStateCalls needs at least one block' },
      },
      {
        when: 'the nonce must fit and does not',
        params: [
          {
            validation: true,
            blockStateCalls: [{ calls: [{ from: ALICE, to: BOB, nonce: '0x0', maxFeePerGas: '0x77359400' }] }],
          },
        ],
        error: {
          code: -38010,
          message: 'nonce too low: address 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266, tx: 0 state: 2',
        },
      },
      {
        when: 'block numbers run backwards',
        params: [{ blockStateCalls: [{ blockOverrides: { number: '0x9' } }, { blockOverrides: { number: '0x8' } }] }],
        error: { code: -38020, message: 'block numbers must be in order: 8 <= 9' },
      },
      { params: [{ blockStateCalls: [{ calls: [] }] }, '0x9'], error: { code: -32000, message: 'header not found' } },
    ],
  },
} satisfies Vectors<typeof execute>;
