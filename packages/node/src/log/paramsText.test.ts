import { describe, expect, it } from 'vitest';
import { paramsText } from './paramsText.ts';

const ADDRESS = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

it('shows parameters on one line', () => {
  expect(paramsText('eth_call', [{ to: ADDRESS, data: '0x' }, 'latest'])).toBe(
    `[{"to":"${ADDRESS}","data":"0x"},"latest"]`,
  );
  expect(paramsText('eth_chainId', undefined)).toBe('');
  expect(paramsText('eth_chainId', ['a\u001b[2J\nb'])).toBe('["a\\u001b[2J\\nb"]');
});

it('shortens what is long, and ends after about 200 characters', () => {
  expect(paramsText('eth_sendRawTransaction', [`0x${'ab'.repeat(5000)}`])).toBe(
    `["0x${'ab'.repeat(32)}…(10002 characters)"]`,
  );
  const many = paramsText('eth_getLogs', [{ topics: new Array(1_000_000).fill('0x1') }]);
  expect(many).toContain('"…(1000000 items)"');
  expect(paramsText('x', new Array(9).fill('y'.repeat(60))).length).toBeLessThanOrEqual(201);
});

describe('hides', () => {
  it.each([
    ['personal_importRawKey', [KEY, 'pass']],
    ['personal_unlockAccount', [ADDRESS, 'pass', 300]],
    ['personal_sendTransaction', [{ from: ADDRESS, data: KEY }, 'pass']],
    ['hardhat_addPrivateKey', [KEY]],
    ['anvil_setRpcUrl', ['https://rpc.example/v2/pass']],
    ['eth_call', [{ privateKey: KEY, mnemonic: 'pass' }]],
    ['hardhat_reset', [{ forking: { jsonRpcUrl: 'https://rpc.example/v2/pass' } }]],
  ])('keys and passwords of %s', (method, params) => {
    const text = paramsText(method, params);
    expect(text).toContain('[hidden]');
    expect(text).not.toMatch(/pass|ac0974/);
  });

  it('no address', () => {
    expect(paramsText('personal_unlockAccount', [ADDRESS, 'pass', 300])).toBe(`["${ADDRESS}","[hidden]",300]`);
  });
});
