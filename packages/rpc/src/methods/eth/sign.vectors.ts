import { ALICE, STRANGER, type Vectors } from '../../world.vectors.ts';
import type { sign } from './sign.ts';

const MAIL = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  primaryType: 'Mail',
  domain: {
    name: 'Ether Mail',
    version: '1',
    chainId: 1,
    verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
  },
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    contents: 'Hello, Bob!',
  },
} as const;

const GROUP = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
    Group: [{ name: 'members', type: 'Person[]' }],
  },
  primaryType: 'Group',
  domain: {
    name: 'Ether Mail',
    version: '1',
    chainId: 1,
    verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
  },
  message: {
    members: [
      { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
      { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    ],
  },
} as const;

const mailOfAlice =
  '0x6ea8bb309a3401225701f3565e32519f94a0ea91a5910ce9229fe488e773584c0390416a2190d9560219dab757ecca2029e63fa9d1c2aebf676cc25b9f03126a1b' as const;

export const signVectors = {
  eth_sign: {
    succeeds: [
      {
        params: [ALICE, '0xdeadbeef'],
        result:
          '0xa114c834af73872c6c9efe918d85b0b1b34a486d10f9011e2630e28417c828c060dbd65cda67e73d52ebb7c555260621dbc1b0b4036acb61086bba091ac3f1641b',
      },
      {
        when: 'the message is text',
        params: [ALICE, 'hello'],
        result:
          '0xf16ea9a3478698f695fd1401bfe27e9e4a7e8e3da94aa72b021125e31fa899cc573c48ea3fe1d4ab61a9db10c19032026e3ed2dbccba5a178235ac27f94504311c',
      },
    ],
    fails: [
      {
        when: 'nobody here has the key',
        params: [STRANGER, '0x'],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: this node has no key of it to sign with',
        },
      },
      {
        params: [ALICE],
        error: {
          code: -32602,
          message: 'missing value for required argument 1: params[1] (message): expected a message: hex bytes or text',
        },
      },
      {
        params: [ALICE, 7],
        error: { code: -32602, message: 'params[1] (message): expected a message: hex bytes or text, got 7' },
      },
    ],
  },
  eth_signTypedData: {
    succeeds: [
      { params: [ALICE, MAIL], result: mailOfAlice },
      {
        when: 'it is a list of fields, as before EIP-712',
        params: [
          ALICE,
          [
            { type: 'string', name: 'message', value: 'Hi, Alice!' },
            { type: 'uint8', name: 'value', value: 10 },
          ],
        ],
        result:
          '0xbf7d51b8aac5c532a4a606cd16021762511466ed095770c1835f77cd3a3f567f14802c0af0ba9d3d08959a03c7f4855059172181a244716c3d68f5f6bdd563251c',
      },
    ],
    fails: [
      {
        when: 'a field of a list is not what its type says',
        params: [ALICE, [{ type: 'uint8', name: 'value', value: 256 }]],
        error: { code: -32602, message: 'params[1] (typedData)[0].value: expected uint8, got 256' },
      },
      {
        when: 'nobody here has the key',
        params: [STRANGER, MAIL],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: this node has no key of it to sign with',
        },
      },
      {
        params: [ALICE],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (typedData): expected EIP-712 typed data { types, primaryType, domain, message }, or its JSON',
        },
      },
    ],
  },
  eth_signTypedData_v3: {
    succeeds: [{ params: [ALICE, MAIL], result: mailOfAlice }],
    fails: [
      {
        when: 'nobody here has the key',
        params: [STRANGER, MAIL],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: this node has no key of it to sign with',
        },
      },
      {
        params: [ALICE],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (typedData): expected EIP-712 typed data { types, primaryType, domain, message }, or its JSON',
        },
      },
      {
        when: 'there is an array',
        params: [ALICE, GROUP],
        error: {
          code: -32602,
          message: 'params[1] (typedData).message.members: arrays such as Person[] need eth_signTypedData_v4',
        },
      },
    ],
  },
  eth_signTypedData_v4: {
    succeeds: [
      { params: [ALICE, MAIL], result: mailOfAlice },
      {
        when: 'it comes as JSON',
        params: [
          ALICE,
          '{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],"Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},{"name":"contents","type":"string"}]},"primaryType":"Mail","domain":{"name":"Ether Mail","version":"1","chainId":1,"verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},"message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},"to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},"contents":"Hello, Bob!"}}',
        ],
        result: mailOfAlice,
      },
      {
        when: 'there is an array',
        params: [ALICE, GROUP],
        result:
          '0xcc275c1a51c290177df138736c051c603d208070a0451ee6077e86630c3210c2635fa7f147bae51c21f9fb16c8138c458cd97708dbf60648f5fa5e7bd96865a11b',
      },
      {
        when: 'the type of the domain is left out',
        params: [
          ALICE,
          {
            types: {
              Person: [
                { name: 'name', type: 'string' },
                { name: 'wallet', type: 'address' },
              ],
              Mail: [
                { name: 'from', type: 'Person' },
                { name: 'to', type: 'Person' },
                { name: 'contents', type: 'string' },
              ],
            },
            primaryType: 'Mail',
            domain: {
              name: 'Ether Mail',
              version: '1',
              chainId: 1,
              verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
            },
            message: {
              from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
              to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
              contents: 'Hello, Bob!',
            },
          },
        ],
        result: mailOfAlice,
      },
    ],
    fails: [
      {
        when: 'nobody here has the key',
        params: [STRANGER, MAIL],
        error: {
          code: -32003,
          message:
            'unknown account 0x00000000000000000000000000000000000a11ce: this node has no key of it to sign with',
        },
      },
      {
        params: [ALICE],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (typedData): expected EIP-712 typed data { types, primaryType, domain, message }, or its JSON',
        },
      },
      {
        params: [ALICE, '{'],
        error: {
          code: -32602,
          message:
            'params[1] (typedData): expected EIP-712 typed data { types, primaryType, domain, message }, or its JSON, got text that is not JSON',
        },
      },
      {
        params: [
          ALICE,
          {
            types: {
              EIP712Domain: [
                { name: 'name', type: 'string' },
                { name: 'version', type: 'string' },
                { name: 'chainId', type: 'uint256' },
                { name: 'verifyingContract', type: 'address' },
              ],
              Person: [
                { name: 'name', type: 'string' },
                { name: 'wallet', type: 'address' },
              ],
              Mail: [
                { name: 'from', type: 'Person' },
                { name: 'to', type: 'Person' },
                { name: 'contents', type: 'string' },
              ],
            },
            primaryType: 'Letter',
            domain: {
              name: 'Ether Mail',
              version: '1',
              chainId: 1,
              verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
            },
            message: {
              from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
              to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
              contents: 'Hello, Bob!',
            },
          },
        ],
        error: { code: -32602, message: 'params[1] (typedData).primaryType: "Letter" is not among the types' },
      },
      {
        when: 'a value deep inside is wrong',
        params: [
          ALICE,
          {
            types: {
              EIP712Domain: [
                { name: 'name', type: 'string' },
                { name: 'version', type: 'string' },
                { name: 'chainId', type: 'uint256' },
                { name: 'verifyingContract', type: 'address' },
              ],
              Person: [
                { name: 'name', type: 'string' },
                { name: 'wallet', type: 'address' },
              ],
              Mail: [
                { name: 'from', type: 'Person' },
                { name: 'to', type: 'Person' },
                { name: 'contents', type: 'string' },
              ],
            },
            primaryType: 'Mail',
            domain: {
              name: 'Ether Mail',
              version: '1',
              chainId: 1,
              verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
            },
            message: {
              from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
              to: { name: 'Bob', wallet: '0xbb' },
              contents: 'Hello, Bob!',
            },
          },
        ],
        error: {
          code: -32602,
          message:
            'params[1] (typedData).message.to.wallet: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      { params: [ALICE, MAIL, true], error: { code: -32602, message: 'too many arguments, want at most 2, got 3' } },
    ],
  },
} satisfies Vectors<typeof sign>;
