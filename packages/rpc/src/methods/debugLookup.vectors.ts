import {
  ALICE,
  BLOCK_0,
  BLOCK_3,
  BOB,
  CAROL,
  ECHO,
  EMPTY_ROOT,
  INVALID,
  LOGGER,
  LOOP,
  NO_CODE_HASH,
  NOWHERE,
  REVERTER,
  STORE,
  type Vectors,
  ZERO_WORD,
} from '../world.vectors.ts';
import type { debugLookup } from './debugLookup.ts';

export const debugLookupVectors = {
  debug_codeByHash: {
    succeeds: [
      {
        params: ['0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b'],
        result: '0x36600c575f545f5260205ff35b5f355f5500',
      },
      {
        when: 'a block is named',
        params: ['0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b', '0x1'],
        result: '0x36600c575f545f5260205ff35b5f355f5500',
      },
      { when: 'there is no such code', params: [NOWHERE], result: '0x' },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: [NOWHERE, '0x9'],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
      {
        params: ['0x12'],
        error: {
          code: -32602,
          message: 'params[0] (codeHash): expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
    ],
  },
  debug_preimage: {
    succeeds: [
      {
        when: 'it is of a slot',
        params: ['0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563'],
        result: ZERO_WORD,
      },
      {
        when: 'it is of an account',
        params: ['0xe9707d0e6171f728f7473c24cc0432a9b07eaaf1efed6a137a4a8c12c79552d9'],
        result: ALICE,
      },
    ],
    fails: [{ params: [NOWHERE], error: { code: -32000, message: 'unknown preimage' } }],
  },
  debug_dbGet: {
    succeeds: [
      { when: 'the head is wanted', params: ['LastBlock'], result: BLOCK_3 },
      {
        when: 'the number of a block is wanted',
        params: ['0x4892ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7'],
        result: '0x0000000000000003',
      },
      { when: 'the block at a height is wanted', params: ['0x6800000000000000036e'], result: BLOCK_3 },
      {
        when: 'a header is wanted',
        params: ['0x68000000000000000392ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7'],
        result:
          '0xf90261a003f51dcdddd59827579268f7c56d9f34079c66f4fc16aac26900ac09330f3b80a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a02b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1a05e91af1228e87f39f013f8b5847351afaa6f22f53fff67d77ca821ca5eb248d0a02917ad8ba3d3a7e2d3c49c7769869da10eddee5fef9869e142e1dcb1a52945b4b901000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080038401c9c38082b197846553f10380a06bef0ec8ee0309dbee2c61b6ef101e894c1a8a4aa4310934916cbe5e307b57718800000000000000008427f25da0a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b4218080a00000000000000000000000000000000000000000000000000000000000000000a0e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
      {
        when: 'a body is wanted',
        params: ['0x62000000000000000392ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7'],
        result:
          '0xf8c9f8c5b8c301f8c0827a6980847735940082ea6094000000000000000000000000000000000000570480a00000000000000000000000000000000000000000000000000000000000000007f838f7940000000000000000000000000000000000005704e1a0000000000000000000000000000000000000000000000000000000000000000080a0f9cda9482e35bfeb98d8f0e545c6d029d23ed725e88885a29bf8700f45f566a6a00e7f17aa3d5d3ce574ab9ab65f7b40efbaaf951456178c3517bac45fc9627b84c0c0',
      },
      {
        when: 'receipts are wanted',
        params: ['0x72000000000000000392ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7'],
        result: '0xc6c50182b197c0',
      },
      {
        when: 'the block of a transaction is wanted',
        params: ['0x6c27205f0e1840cfdf9b7abc4741d14037a3bf19ee9ce199a63794ddd6cbabfacd'],
        result: '0x03',
      },
      {
        when: 'code is wanted',
        params: ['0x635383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b'],
        result: '0x36600c575f545f5260205ff35b5f355f5500',
      },
      {
        when: 'a node is wanted',
        params: ['0x2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1'],
        result:
          '0xf8f1a050663048b2a6be47ff141bd8927a04fb9b0aceb77c859220affdb63ecf73e7baa098a168a1241f44384302bc15441fecbd7d04628260e074ebe47cb086ab70932b8080a0ec0f2687c2a41c76dba4c23524443dd26d0472b3d7a3295097d054f0f97b3117a0d922c1c966c7e77c7c4f066a75e58db4b5ea55005fc92e64b656bc22dd77be8480a0666a0f688c26cbbd6b647421803b98e40520ff866605d54a8234826a2ae1a8c8a0cd73c76a3754eace5e10a65062a69be43048075723224b2612a169da6898e6558080808080a021b314f97f4a7fdc58e8dcc55a0b8c9d073cad4fd595069f30edfc828ebb7e4c8080',
      },
    ],
    fails: [
      { params: ['nothing'], error: { code: -32000, message: 'not found' } },
      {
        params: ['0x123'],
        error: {
          code: -32602,
          message: 'params[0] (key): expected 0x-prefixed hex bytes, got an odd number of hex digits',
        },
      },
      { params: [7], error: { code: -32602, message: 'params[0] (key): expected a string, got 7' } },
    ],
  },
  debug_dumpBlock: {
    succeeds: [
      {
        params: ['latest'],
        result: {
          root: '2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1',
          accounts: {
            [BOB]: {
              balance: '10000999909074000000000',
              nonce: 1,
              root: EMPTY_ROOT,
              codeHash: NO_CODE_HASH,
              address: BOB,
              key: '0x00314e565e0574cb412563df634608d76f5c59d9f817e85966100ec1d48005c0',
            },
            [REVERTER]: {
              balance: '0',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: '0xd389ca0b8341e17f9ba72996cf175f1828f62073ae99c79729eb605bba152fd2',
              code: '0x365f5f37365ffd',
              address: REVERTER,
              key: '0x11490637199c59a93bba4779251c88f6babbd0cc34c30d24e7141351bae442db',
            },
            [LOOP]: {
              balance: '0',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: '0xd040b874b2ea26a9c9d103ad79665bf1df14fec8e774185a7d3f4beced2fad5e',
              code: '0x5b5f56',
              address: LOOP,
              key: '0x4175ff46606d97529516558e30732d75425a7de2e84720991f479ccf014b8f19',
            },
            [INVALID]: {
              balance: '0',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: '0xbcc90f2d6dada5b18e155c17a1c0a55920aae94f39857d39d0d8ed07ae8f228b',
              code: '0xfe',
              address: INVALID,
              key: '0x4f6a74edbfc577606bc27e1ea7c2083598c3b06cabbda96d161e25113bfed504',
            },
            '0x0000000000000000000000000000000000000000': {
              balance: '108387641299348',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: NO_CODE_HASH,
              address: '0x0000000000000000000000000000000000000000',
              key: '0x5380c7b7ae81a58eb98d9c78de4a1fd7fd9535fc953ed2be602daaa41767312a',
            },
            [STORE]: {
              balance: '0',
              nonce: 0,
              root: '0xf258b1c6d5ee7f6f3549117fb0ac79118d5ad19b9c027f9b8e1471ca519b3b6c',
              codeHash: '0x5383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
              code: '0x36600c575f545f5260205ff35b5f355f5500',
              storage: { '0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563': '7' },
              address: STORE,
              key: '0x7b13153ea039649de519da606e21b58329817f01e5c3ccf04a709d02b5929305',
            },
            [LOGGER]: {
              balance: '0',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: '0x972ec93d9b83cb5b53579ee79ad959c6fc4c4ecced746d7d5c4c231181e92b3d',
              code: '0x365f5f37602a365fa100',
              address: LOGGER,
              key: '0x898ce2a2fb68e2e21463563c136186673634d1e5361434dd3b452b325f468c97',
            },
            [CAROL]: {
              balance: '10000000000000000000000',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: NO_CODE_HASH,
              address: CAROL,
              key: '0x8a3552d60a98e0ade765adddad0a2e420ca9b1eef5f326ba7ab860bb4ea72c94',
            },
            [ECHO]: {
              balance: '0',
              nonce: 0,
              root: EMPTY_ROOT,
              codeHash: '0x2fec8f31a9970b0f4ecc5e23be5802c38210902df5c8ae31b251da5b9d0ed416',
              code: '0x365f5f37365ff3',
              address: ECHO,
              key: '0xe1a74cd73cfe24a557206e392192833eee71720f2b7c99cf6ceb634569e6430d',
            },
            [ALICE]: {
              balance: '9998999916985000000000',
              nonce: 2,
              root: EMPTY_ROOT,
              codeHash: NO_CODE_HASH,
              address: ALICE,
              key: '0xe9707d0e6171f728f7473c24cc0432a9b07eaaf1efed6a137a4a8c12c79552d9',
            },
          },
        },
      },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: ['0x9'],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
  debug_accountInfoAt: {
    succeeds: [
      {
        when: 'it is a contract',
        params: ['0x3', '0x0', STORE],
        result: { balance: '0x0', nonce: '0x0', code: '0x36600c575f545f5260205ff35b5f355f5500' },
      },
      { params: ['0x1', '0x0', BOB], result: { balance: '0x21e27c1806e59a40000', nonce: '0x0', code: '0x' } },
    ],
    fails: [
      {
        when: 'there is no such transaction',
        params: ['0x1', '0x1', BOB],
        error: { code: -32000, message: 'transaction index 1 out of range: block 1 has 1' },
      },
      {
        when: 'nobody knows the block',
        params: ['0x9', '0x0', BOB],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
  debug_intermediateRoots: {
    succeeds: [{ params: [BLOCK_3], result: ['0x2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1'] }],
    fails: [
      {
        when: 'nobody knows the block',
        params: [NOWHERE],
        error: {
          code: -32001,
          message:
            'block not found: hash 0x00000000000000000000000000000000000000000000000000000000deadbeef; the latest block is 3',
        },
      },
      {
        when: 'nothing runs in the genesis',
        params: [BLOCK_0],
        error: { code: -32000, message: 'genesis is not traceable' },
      },
    ],
  },
  debug_printBlock: {
    succeeds: [
      {
        params: ['0x3'],
        result: /^\{\n {2}hash: '0x92ef97833f286d641a8d7fa39f79b112fddaccc553916c0dcf57d59d37a2c1d7',/,
        shown: '{\n  hash: …,\n  parentHash: …,\n … }',
      },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: [9],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
  debug_getAccessibleState: {
    succeeds: [
      { params: ['0x3', '0x0'], result: 3 },
      { when: 'it goes up', params: ['0x0', 'latest'], result: 0 },
    ],
    fails: [
      { params: ['0x2', '0x2'], error: { code: -32000, message: 'from and to needs to be different' } },
      {
        when: 'nobody knows the block',
        params: ['0x2', '0x9'],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
  debug_executionWitness: {
    succeeds: [
      {
        params: ['0x3'],
        result: {
          state: [
            '0xf8f1a032d89d4113f049f4641d8461034fe4d1ca8d6a004bc081b5fea182c05700834ba098a168a1241f44384302bc15441fecbd7d04628260e074ebe47cb086ab70932b8080a0ec0f2687c2a41c76dba4c23524443dd26d0472b3d7a3295097d054f0f97b3117a025e6ce5660a89ae864fef064dd04456b0d4b70646415536a6b53681ed17a3b7e80a013c0957e637e2686a4bd4f862f3dbf8ff6386ddfe80a6fc945948cc35533d8baa0cd73c76a3754eace5e10a65062a69be43048075723224b2612a169da6898e6558080808080a021b314f97f4a7fdc58e8dcc55a0b8c9d073cad4fd595069f30edfc828ebb7e4c8080',
            '0xf873a030314e565e0574cb412563df634608d76f5c59d9f817e85966100ec1d48005c0b850f84e808a021e27c1806e59a40000a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a0c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
            '0xf869a03b13153ea039649de519da606e21b58329817f01e5c3ccf04a709d02b5929305b846f8448080a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a05383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
            '0xf86fa03380c7b7ae81a58eb98d9c78de4a1fd7fd9535fc953ed2be602daaa41767312ab84cf84a80862b97bd9e1ef4a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a0c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
          ],
          codes: ['0x36600c575f545f5260205ff35b5f355f5500'],
          keys: [
            '0x000f3df6d732807ef1319fb7b8bb8522d0beac02',
            '0x0000f90827f1c53a10cb7a02335b175320002935',
            BOB,
            STORE,
            ZERO_WORD,
            '0x0000000000000000000000000000000000000000',
            '0x00000961ef480eb55e80d19ad83579a64c007002',
            '0x0000bbddc7ce488642fb579f8b00f3a590007251',
          ],
          headers: [
            '0xf90261a047e0bf63213bffaf55f9a50e1859ec8813edcf172fc1c60be3717cb996b236a7a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0b705cf43a22f13fbf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669ea0dca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45ea0a6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1b901000000000000000000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000010000000000000000000000000002000000000000000000000000000000000000080028401c9c38082553c846553f10280a05e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7880000000000000000842da4d8cda056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b4218080a00000000000000000000000000000000000000000000000000000000000000000a0e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          ],
        },
      },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: ['0x9'],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
      { when: 'it is the genesis', params: ['0x0'], error: { code: -32000, message: 'the genesis is not executed' } },
      {
        when: 'a setter changed the state before',
        before: [
          ['anvil_setBalance', [BOB, '0x1']],
          ['evm_mine', []],
        ],
        params: ['0x4'],
        error: {
          code: -32000,
          message:
            "there is no witness: the state after block 3 was changed by a setter (such as hardhat_setBalance), so that block's header does not commit to it; mine a block between the setter and the one to be proven",
        },
      },
    ],
  },
  debug_executionWitnessByHash: {
    succeeds: [
      {
        params: [BLOCK_3],
        result: {
          state: [
            '0xf8f1a032d89d4113f049f4641d8461034fe4d1ca8d6a004bc081b5fea182c05700834ba098a168a1241f44384302bc15441fecbd7d04628260e074ebe47cb086ab70932b8080a0ec0f2687c2a41c76dba4c23524443dd26d0472b3d7a3295097d054f0f97b3117a025e6ce5660a89ae864fef064dd04456b0d4b70646415536a6b53681ed17a3b7e80a013c0957e637e2686a4bd4f862f3dbf8ff6386ddfe80a6fc945948cc35533d8baa0cd73c76a3754eace5e10a65062a69be43048075723224b2612a169da6898e6558080808080a021b314f97f4a7fdc58e8dcc55a0b8c9d073cad4fd595069f30edfc828ebb7e4c8080',
            '0xf873a030314e565e0574cb412563df634608d76f5c59d9f817e85966100ec1d48005c0b850f84e808a021e27c1806e59a40000a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a0c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
            '0xf869a03b13153ea039649de519da606e21b58329817f01e5c3ccf04a709d02b5929305b846f8448080a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a05383d5cc8eacad7203db80bf01cd076851a20daff4951ca502b95c72bd8f926b',
            '0xf86fa03380c7b7ae81a58eb98d9c78de4a1fd7fd9535fc953ed2be602daaa41767312ab84cf84a80862b97bd9e1ef4a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a0c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
          ],
          codes: ['0x36600c575f545f5260205ff35b5f355f5500'],
          keys: [
            '0x000f3df6d732807ef1319fb7b8bb8522d0beac02',
            '0x0000f90827f1c53a10cb7a02335b175320002935',
            BOB,
            STORE,
            ZERO_WORD,
            '0x0000000000000000000000000000000000000000',
            '0x00000961ef480eb55e80d19ad83579a64c007002',
            '0x0000bbddc7ce488642fb579f8b00f3a590007251',
          ],
          headers: [
            '0xf90261a047e0bf63213bffaf55f9a50e1859ec8813edcf172fc1c60be3717cb996b236a7a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347940000000000000000000000000000000000000000a0b705cf43a22f13fbf6671add7f4cc088feb1a6046f021f9e93c5ae152c03669ea0dca4ca0ec6d2b5f758f55fc3ee30748e8c1bca892a39565aac10cbb86deec45ea0a6faaee9a1542374c76f77004f02d5d0c593c9b4de419a538b977f9a9e2f69d1b901000000000000000000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000010000000000000000000000000002000000000000000000000000000000000000080028401c9c38082553c846553f10280a05e1fd1becaeba17c68d5bf028722fa0ce822c5b8957b45855dbe09503be96bb7880000000000000000842da4d8cda056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b4218080a00000000000000000000000000000000000000000000000000000000000000000a0e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          ],
        },
      },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: [NOWHERE],
        error: {
          code: -32001,
          message:
            'block not found: hash 0x00000000000000000000000000000000000000000000000000000000deadbeef; the latest block is 3',
        },
      },
    ],
  },
} satisfies Vectors<typeof debugLookup>;
