import {
  ALICE,
  BOB,
  CAROL,
  EMPTY_BLOOM,
  ERROR_NO,
  LOG_BLOOM,
  LOGGER,
  ONE_ETH,
  REVERTER,
  STRANGER,
  TOPIC,
  UNWANTED,
  type Vectors,
} from '../../world.vectors.ts';
import type { submit } from './submit.ts';

const NEXT =
  '0x02f868827a69020184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c080a076fe9513cd970faf5d4a75e8d380ee05736e60280f8acec4830f31d405333f9ca051167fc5823e66cd73c2fe28c566d9b38009a1bece30758677592a7f40a977e1' as const;

const UNPROTECTED =
  '0xf8630284b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c880801ba0ce797fd565683743465c05ef8df941a2bb293c3421d1a1f99fc9dc6126af92bfa024b90b6cd9c7dbf4ecb0e9e0b249989c19d77a62c0712cc8fb5256f90fb341fe' as const;

const MINED =
  '0x02f868827a69800184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c001a02f67fc41c585215136b0f49b00f6da88336aefbe3957c8cee23728584016ace8a0623802a41c0a0681b4131274f44fa2df0811474b05a60e232547cb1888dbb805' as const;

const OTHER_CHAIN =
  '0x02f86601020184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c001a0ff7d12b67cc5aa9b25680172c2ee48f38ef2c1db0b5ffedff1abe54f4059e111a07b352db09f3db467d6f547737ac06ef051a5c446be26da40e4691aa7a9bf1f11' as const;

const POOR =
  '0x02f868827a69800184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c001a02b80f8bb2bca8eb3260e9ce9471b2a56de7f32d2c2818a32db99d21fd6b81666a05a6196306ed70e5d4cf65d5ca3751b1c1f156266fb7c37098da09cb7d519dfa5' as const;

const UNSIGNED = '0x02e5827a69020184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c0' as const;

export const submitVectors = {
  eth_sendTransaction: {
    succeeds: [
      {
        params: [{ from: ALICE, to: BOB, value: '0x1' }],
        result: '0x7049a360e94550e3f0a5ca06f2562416fffe7d00870c2c12d1d20a4f764f2d5e',
        after: [
          ['eth_blockNumber', [], '0x4'],
          ['eth_getTransactionCount', [ALICE], '0x3'],
        ],
      },
      {
        when: 'the call fails in its block',
        params: [{ from: ALICE, to: REVERTER, data: ERROR_NO, gas: '0xc350' }],
        result: '0x1029e3ea8fc61f72be78347be8a20924f0db0006ff14b70cedd82a6671e7d422',
        after: [['eth_getBlockTransactionCountByNumber', ['latest'], '0x1']],
      },
      {
        when: 'a contract is created',
        params: [{ from: ALICE, data: '0x60015f5360015ff3' }],
        result: '0xce55fbab42962e8d69520b658211336c2b4fcbdcc7469d86ba943ba4913956ce',
        after: [['eth_getCode', ['0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0'], '0x01']],
      },
      {
        when: 'the sender is impersonated',
        before: [
          ['hardhat_impersonateAccount', [STRANGER]],
          ['hardhat_setBalance', [STRANGER, ONE_ETH]],
        ],
        params: [{ from: STRANGER, to: BOB }],
        result: '0x38e570c9bbcd404267530aafa375576cad83ef0c331f76b898ce52ae3783af5a',
      },
      {
        when: 'its nonce is in the future',
        params: [{ from: ALICE, to: BOB, gas: '0x5208', nonce: '0x9' }],
        result: '0x9982af97154fbad8bf9b1397f5310dbed7a3bc4e09fc0bec3b89aa36f898c360',
        after: [['txpool_status', [], { pending: '0x0', queued: '0x1' }]],
      },
      {
        when: 'numbers are decimal',
        params: [{ from: BOB, to: ALICE, value: 1, gas: '21000' }],
        result: '0x9e63f67882ccfcf0ba8e4ff5ac13f4f030edc2897ee2a6feb318acd02b20d2f1',
      },
    ],
    fails: [
      {
        when: 'nobody here may sign for the sender',
        params: [{ from: STRANGER, to: BOB, gas: '0x5208' }],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: it is neither a dev account nor impersonated (see hardhat_impersonateAccount)',
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
        params: [{ from: ALICE, to: '0x111111111111111111111111111111111111111' }],
        error: {
          code: -32602,
          message:
            'params[0] (transaction).to: expected an address (20 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
      {
        when: 'a field is misspelt',
        params: [{ from: ALICE, to: BOB, gas_price: '0x1' }],
        error: { code: -32602, message: 'params[0] (transaction): unknown field "gas_price"; did you mean gasPrice?' },
      },
      {
        when: 'both kinds of prices are given',
        params: [{ from: ALICE, to: BOB, gasPrice: '0x1', maxFeePerGas: '0x1' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction): both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified',
        },
      },
      {
        when: 'it is for another chain',
        params: [{ from: ALICE, to: BOB, chainId: '0x1' }],
        error: { code: -32000, message: 'invalid chain id for signer: have 1 want 31337' },
      },
      {
        when: 'a contract without code would be created',
        params: [{ from: ALICE }],
        error: { code: -32000, message: 'contract creation without any data provided' },
      },
      {
        when: 'the tip is above the fee cap',
        params: [{ from: ALICE, to: BOB, maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x2' }],
        error: {
          code: -32000,
          message: 'max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: 2, maxFeePerGas: 1',
        },
      },
      {
        when: 'nobody knows the type',
        params: [{ from: ALICE, to: BOB, type: '0x7f' }],
        error: { code: -32000, message: 'transaction type not valid in this context: type 127 under osaka' },
      },
      {
        when: 'the authorization list is empty',
        params: [{ from: ALICE, to: BOB, authorizationList: [] }],
        error: { code: -32000, message: 'authorizationList must not be empty (EIP-7702)' },
      },
      {
        when: 'the gas must be estimated and the call reverts',
        params: [{ from: ALICE, to: REVERTER, data: ERROR_NO }],
        error: { code: 3, message: 'execution reverted: no', data: ERROR_NO },
      },
      {
        when: 'the nonce was used',
        params: [{ from: ALICE, to: BOB, nonce: '0x0' }],
        error: { code: -32000, message: 'nonce too low: next nonce 2, tx nonce 0' },
      },
      {
        when: 'the fee cap is below the base fee',
        params: [{ from: ALICE, to: BOB, gas: '0x5208', maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x1' }],
        error: {
          code: -32000,
          message: 'max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 586674626',
        },
      },
      {
        when: 'the sender is too poor',
        params: [{ from: ALICE, to: BOB, gas: '0x5208', value: '0xffffffffffffffffffff' }],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266 have 9998999916985000000000 want 1208925819660269508998175',
        },
      },
      {
        when: 'the gas is below the least',
        params: [{ from: ALICE, to: BOB, gas: '0x5207' }],
        error: { code: -32000, message: 'intrinsic gas too low: gas 20999, minimum needed 21000' },
      },
      {
        when: 'the gas is more than a transaction may have',
        params: [{ from: ALICE, to: BOB, gas: '0x1000001' }],
        error: {
          code: -32000,
          message:
            'transaction gas limit too high: gas 16777217, cap 16777216 (EIP-7825; start with --disable-tx-gas-cap to allow it)',
        },
      },
      {
        when: 'the replacement pays too little more',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208', gasPrice: '0x77359400', nonce: '0x2' }]],
        ],
        params: [{ from: ALICE, to: BOB, gas: '0x5208', gasPrice: '0x77359401', nonce: '0x2' }],
        error: {
          code: -32000,
          message: 'replacement transaction underpriced: needs at least 2200000000 wei per gas, got 2000000001',
        },
      },
    ],
  },
  eth_sendUnsignedTransaction: {
    succeeds: [
      {
        before: [['hardhat_setBalance', [STRANGER, ONE_ETH]]],
        params: [{ from: STRANGER, to: BOB }],
        result: '0x38e570c9bbcd404267530aafa375576cad83ef0c331f76b898ce52ae3783af5a',
        after: [['eth_getTransactionCount', [STRANGER], '0x1']],
      },
    ],
    fails: [
      {
        when: 'the sender is too poor',
        params: [{ from: STRANGER, to: BOB, gas: '0x5208' }],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0x00000000000000000000000000000000000a11ce have 0 want 45640334292000',
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
        params: [{ from: ALICE, to: '0x111111111111111111111111111111111111111' }],
        error: {
          code: -32602,
          message:
            'params[0] (transaction).to: expected an address (20 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
      {
        when: 'a field is misspelt',
        params: [{ from: ALICE, to: BOB, gas_price: '0x1' }],
        error: { code: -32602, message: 'params[0] (transaction): unknown field "gas_price"; did you mean gasPrice?' },
      },
    ],
  },
  eth_sendRawTransaction: {
    succeeds: [
      {
        params: [NEXT],
        result: '0xb6dc459f11d52e2d192aa2be1cd65d184991db70ed85ad52df80ed33b982e072',
        after: [['eth_blockNumber', [], '0x4']],
      },
      {
        when: 'it is from before EIP-155',
        params: [UNPROTECTED],
        result: '0x5f3ea98d67f5220dd1d72c36c4efa6f74eee78cb00aeb75d2227042d065ac53d',
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (transaction): expected 0x-prefixed hex bytes',
        },
      },
      { params: ['0x'], error: { code: -32000, message: 'failed to decode transaction: empty transaction data' } },
      {
        params: ['0x01'],
        error: { code: -32000, message: 'failed to decode transaction: Invalid serialized tx input: must be array' },
      },
      {
        params: ['0xf8'],
        error: {
          code: -32000,
          message: 'failed to decode transaction: invalid RLP (safeSlice): end slice of Uint8Array out-of-bounds',
        },
      },
      {
        params: ['hello'],
        error: { code: -32602, message: 'params[0] (transaction): expected 0x-prefixed hex bytes, got "hello"' },
      },
      {
        when: 'it was mined',
        params: [MINED],
        error: { code: -32000, message: 'nonce too low: next nonce 2, tx nonce 0' },
      },
      {
        when: 'it waits already',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendRawTransaction', [NEXT]],
        ],
        params: [NEXT],
        error: {
          code: -32000,
          message: 'already known: 0xb6dc459f11d52e2d192aa2be1cd65d184991db70ed85ad52df80ed33b982e072',
        },
      },
      {
        when: 'it is for another chain',
        params: [OTHER_CHAIN],
        error: { code: -32000, message: 'invalid chain id for signer: have 1 want 31337' },
      },
      {
        when: 'nobody knows the type',
        params: ['0x7fc0'],
        error: { code: -32000, message: 'transaction type not valid in this context: type 127 under osaka' },
      },
      {
        when: 'the sender is too poor',
        params: [POOR],
        error: {
          code: -32000,
          message:
            'insufficient funds for gas * price + value: address 0xeb9afe072c781401bf364224c75a036e4d832f52 have 0 want 63000000000000',
        },
      },
      {
        when: 'it is not signed',
        params: [UNSIGNED],
        error: { code: -32000, message: 'invalid sender: the transaction is not signed' },
      },
    ],
  },
  eth_sendRawTransactionSync: {
    succeeds: [
      {
        params: [NEXT],
        result: {
          type: '0x2',
          status: '0x1',
          cumulativeGasUsed: '0x5208',
          logs: [],
          logsBloom: EMPTY_BLOOM,
          transactionHash: '0xb6dc459f11d52e2d192aa2be1cd65d184991db70ed85ad52df80ed33b982e072',
          transactionIndex: '0x0',
          blockHash: '0x57de450e3432b53d5579dce509a4f46ca90d8b4b37723c63fb889f733cc30201',
          blockNumber: '0x4',
          gasUsed: '0x5208',
          effectiveGasPrice: '0x22f7f1c3',
          from: ALICE,
          to: BOB,
          contractAddress: null,
        },
      },
    ],
    fails: [
      {
        when: 'nothing is mined in time',
        before: [['evm_setAutomine', [false]]],
        params: [NEXT, 1],
        error: {
          code: 4,
          message: 'transaction was sent but not mined within 1 ms',
          data: '0xb6dc459f11d52e2d192aa2be1cd65d184991db70ed85ad52df80ed33b982e072',
        },
      },
      { params: ['0x'], error: { code: -32000, message: 'failed to decode transaction: empty transaction data' } },
      {
        params: [NEXT, 'soon'],
        error: {
          code: -32602,
          message:
            'params[1] (timeoutMs): expected a non-negative number: hex quantity, decimal string or integer, got "soon"',
        },
      },
    ],
  },
  eth_sendTransactionSync: {
    succeeds: [
      {
        params: [{ from: ALICE, to: LOGGER, data: '0x01', gas: '0xc350' }, '0x3e8'],
        result: {
          type: '0x2',
          status: '0x1',
          cumulativeGasUsed: '0x5524',
          logs: [
            {
              address: LOGGER,
              topics: [TOPIC],
              data: '0x01',
              blockNumber: '0x4',
              blockHash: '0x24fc2aef2699ecc37056473c2236007b553baea75741cbc6697fe0885fca9073',
              blockTimestamp: '0x6553f104',
              transactionHash: '0x382115807d7f1659ecd0cb7b8caabaf56162542ec346cb2030021e4f4081ed5d',
              transactionIndex: '0x0',
              logIndex: '0x0',
              removed: false,
            },
          ],
          logsBloom: LOG_BLOOM,
          transactionHash: '0x382115807d7f1659ecd0cb7b8caabaf56162542ec346cb2030021e4f4081ed5d',
          transactionIndex: '0x0',
          blockHash: '0x24fc2aef2699ecc37056473c2236007b553baea75741cbc6697fe0885fca9073',
          blockNumber: '0x4',
          gasUsed: '0x5524',
          effectiveGasPrice: '0x5e92bbc2',
          from: ALICE,
          to: LOGGER,
          contractAddress: null,
        },
      },
    ],
    fails: [
      {
        when: 'nothing is mined in time',
        before: [['evm_setAutomine', [false]]],
        params: [{ from: ALICE, to: BOB }, 1],
        error: {
          code: 4,
          message: 'transaction was sent but not mined within 1 ms',
          data: '0x9a82e7c9f7dbb89386cbd65f7c997c719d576513069f89e1e8041e42192ea9eb',
        },
      },
      {
        when: 'nobody here may sign for the sender',
        params: [{ from: STRANGER, to: BOB, gas: '0x5208' }],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: it is neither a dev account nor impersonated (see hardhat_impersonateAccount)',
        },
      },
    ],
  },
  eth_fillTransaction: {
    succeeds: [
      {
        params: [{ from: ALICE, to: BOB }],
        result: {
          raw: '0x02ec827a6902843b9aca0084818aad848252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c0808080',
          tx: {
            type: '0x2',
            hash: '0xaad130a1be1217c0e29dfca4c5168cc42dd98fe22486fec392168f77f675d049',
            nonce: '0x2',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: ALICE,
            to: BOB,
            value: '0x0',
            gas: '0x5208',
            input: '0x',
            chainId: '0x7a69',
            gasPrice: '0x818aad84',
            maxFeePerGas: '0x818aad84',
            maxPriorityFeePerGas: '0x3b9aca00',
            accessList: [],
            v: '0x0',
            r: '0x0',
            s: '0x0',
            yParity: '0x0',
          },
        },
      },
      {
        when: 'a legacy transaction is wanted',
        params: [{ from: ALICE, to: BOB, gasPrice: '0x77359400', nonce: '0x9', gas: '0x5208' }],
        result: {
          raw: '0xe50984773594008252089470997970c51812dc3a010c7d01b50e0d17dc79c8808082f4f58080',
          tx: {
            type: '0x0',
            hash: '0xb56421237ac38f1258d30bc07f7f0389e5f62d265ebb60980327db3bed3f2d10',
            nonce: '0x9',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: ALICE,
            to: BOB,
            value: '0x0',
            gas: '0x5208',
            input: '0x',
            chainId: '0x7a69',
            gasPrice: '0x77359400',
            v: '0xf4f5',
            r: '0x0',
            s: '0x0',
          },
        },
      },
    ],
    fails: [
      {
        when: 'a field is misspelt',
        params: [{ from: ALICE, to: BOB, gas_price: '0x1' }],
        error: { code: -32602, message: 'params[0] (transaction): unknown field "gas_price"; did you mean gasPrice?' },
      },
      {
        when: 'both kinds of prices are given',
        params: [{ from: ALICE, to: BOB, gasPrice: '0x1', maxFeePerGas: '0x1' }],
        error: {
          code: -32602,
          message: 'params[0] (transaction): both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified',
        },
      },
      {
        when: 'it is for another chain',
        params: [{ from: ALICE, to: BOB, chainId: '0x1' }],
        error: { code: -32000, message: 'invalid chain id for signer: have 1 want 31337' },
      },
      {
        when: 'a contract without code would be created',
        params: [{ from: ALICE }],
        error: { code: -32000, message: 'contract creation without any data provided' },
      },
      {
        when: 'the gas must be estimated and the call reverts',
        params: [{ from: ALICE, to: REVERTER, data: ERROR_NO }],
        error: { code: 3, message: 'execution reverted: no', data: ERROR_NO },
      },
    ],
  },
  eth_signTransaction: {
    succeeds: [
      {
        params: [
          {
            from: ALICE,
            to: BOB,
            gas: '0x5208',
            nonce: '0x2',
            maxFeePerGas: '0x77359400',
            maxPriorityFeePerGas: '0x1',
          },
        ],
        result: {
          raw: '0x02f868827a69020184773594008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c001a00fc4d8204fffbf44046cbb41dbadec05a6c44c0447061e6af49be08f40eb6c5ea06e0445b3e779878cbd92d1374eed311f140d5b744cb3a06cf8891b4f39016bbe',
          tx: {
            type: '0x2',
            hash: '0x56f93ebfd343a2dd90ca37d736d70cbeaef88600dea416ac6a3c576dabac8f76',
            nonce: '0x2',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: ALICE,
            to: BOB,
            value: '0x0',
            gas: '0x5208',
            input: '0x',
            chainId: '0x7a69',
            gasPrice: '0x77359400',
            maxFeePerGas: '0x77359400',
            maxPriorityFeePerGas: '0x1',
            accessList: [],
            v: '0x1',
            r: '0xfc4d8204fffbf44046cbb41dbadec05a6c44c0447061e6af49be08f40eb6c5e',
            s: '0x6e0445b3e779878cbd92d1374eed311f140d5b744cb3a06cf8891b4f39016bbe',
            yParity: '0x1',
          },
        },
      },
    ],
    fails: [
      {
        params: [{ from: ALICE, to: BOB, gas: '0x5208' }],
        error: { code: -32602, message: 'params[0] (transaction): nonce not specified' },
      },
      {
        params: [{ from: ALICE, to: BOB, nonce: '0x2' }],
        error: { code: -32602, message: 'params[0] (transaction): gas not specified' },
      },
      {
        when: 'nobody here may sign for the sender',
        params: [{ from: STRANGER, to: BOB, gas: '0x5208', nonce: '0x0' }],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: it is neither a dev account nor impersonated (see hardhat_impersonateAccount)',
        },
      },
    ],
  },
  eth_pendingTransactions: {
    succeeds: [
      { params: [], result: [] },
      {
        when: 'one can be mined and one waits for a nonce',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          ['eth_sendTransaction', [{ from: ALICE, to: BOB, gas: '0x5208', gasPrice: '0x77359400', nonce: '0x9' }]],
        ],
        params: [],
        result: [
          {
            type: '0x0',
            hash: '0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606',
            nonce: '0x0',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: CAROL,
            to: BOB,
            value: '0x0',
            gas: '0x5208',
            input: '0x',
            chainId: '0x7a69',
            gasPrice: '0x77359400',
            v: '0xf4f6',
            r: '0x2ba46d862f6c13dfa0723825713b3c077d56a5fd32a3c32c78777e5918f69869',
            s: '0x4b0741c4f350853da5c4770f5cbac1a6e601d4690a6ab97ac5381547586b1758',
          },
          {
            type: '0x0',
            hash: '0x000ee377b18a3ca42e82c4b8d3b810c185e62be774328c1094df767c5f5b292c',
            nonce: '0x9',
            blockHash: null,
            blockNumber: null,
            blockTimestamp: null,
            transactionIndex: null,
            from: ALICE,
            to: BOB,
            value: '0x0',
            gas: '0x5208',
            input: '0x',
            chainId: '0x7a69',
            gasPrice: '0x77359400',
            v: '0xf4f6',
            r: '0xb8d227bd11f82532894bb750a31ce36589a3eaca0cd91357872f6e3949fd6ab',
            s: '0x82fec2187e361d1e97cca35ef9df50576468bc8e8dc93199e92ca52e23958d1',
          },
        ],
      },
    ],
    fails: [UNWANTED],
  },
} satisfies Vectors<typeof submit>;
