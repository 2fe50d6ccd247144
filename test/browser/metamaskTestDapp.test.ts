import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInChromium, type OpenPage } from '../support/chromium.ts';
import { injectedWallet } from '../support/injectedWallet.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { type StaticServer, serveFolder } from '../support/staticServer.ts';

const dapp = join(dirname(createRequire(import.meta.url).resolve('@metamask/test-dapp/package.json')), 'dist');
const ME = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';

describeInChromium("MetaMask's test dapp", (browser) => {
  let node: RunningNode;
  let site: StaticServer;
  let open: OpenPage;

  beforeAll(async () => {
    [node, site] = await Promise.all([startMinichain(), serveFolder(dapp)]);
    open = await browser.open(injectedWallet({ chains: { '0x7a69': node.url } }));
    await open.page.goto(site.url);
    await shows('chainId', '0x7a69');
  });
  afterAll(async () => {
    await site.close();
    await node.close();
  });

  const click = (id: string) => open.page.locator(`#${id}`).click();
  const shows = (id: string, wanted: string | RegExp) =>
    open.page.locator(`#${id}`).filter({ hasText: wanted }).first().waitFor();
  const shown = async (id: string) => (await open.page.locator(`#${id}`).first().textContent())?.trim() ?? '';
  /** The transaction that a click sends; the page itself shows nothing of plain sends. */
  const sent = async (
    id: string,
  ): Promise<{ transaction: Record<string, unknown>; receipt: Record<string, unknown> }> => {
    const before = await node.rpc.call('eth_getTransactionCount', [ME, 'latest']);
    await click(id);
    await expect.poll(() => node.rpc.call('eth_getTransactionCount', [ME, 'latest'])).not.toBe(before);
    const block = await node.rpc.call<{ transactions: Record<string, unknown>[] }>('eth_getBlockByNumber', [
      'latest',
      true,
    ]);
    const transaction = block.transactions[0] as Record<string, unknown>;
    const receipt = await node.rpc.call<Record<string, unknown>>('eth_getTransactionReceipt', [transaction['hash']]);
    return { transaction, receipt };
  };

  it('finds the wallet and the network, and connects', async () => {
    await shows('activeProviderName', 'Bridge Wallet');
    expect(await shown('network')).toBe('31337');
    expect(await shown('connectButton')).toBe('Connect');
    await click('connectButton');
    await shows('connectButton', 'Connected');
    expect((await shown('accounts')).split(',')).toHaveLength(10);
    expect(await shown('accounts')).toMatch(new RegExp(`^${ME},`));
  });

  describe('transactions', () => {
    it('deploys the piggy bank, deposits and withdraws', async () => {
      await click('deployButton');
      await shows('contractStatus', 'Deployed');
      await click('depositButton');
      await shows('contractStatus', 'Deposit completed');
      await click('withdrawButton');
      await shows('contractStatus', 'Withdrawn');
    });

    it('sends legacy, EIP-1559 and bare transfers', async () => {
      const legacy = await sent('sendButton');
      expect(legacy.transaction).toMatchObject({ type: '0x0', gasPrice: '0x2540be400' });
      const priced = await sent('sendEIP1559Button');
      expect(priced.transaction).toMatchObject({
        type: '0x2',
        maxFeePerGas: '0x2540be400',
        maxPriorityFeePerGas: '0x3b9aca00',
      });
      const bare = await sent('sendEIP1559WithoutGasButton');
      expect(bare.transaction).toMatchObject({ type: '0x2' });
      for (const { receipt } of [legacy, priced, bare])
        expect(receipt).toMatchObject({ status: '0x1', gasUsed: '0x5208' });
    });

    it('deploys a token, moves it, and reads an allowance back', async () => {
      await click('createToken');
      await shows('erc20TokenAddresses', /^\s*0x[0-9a-fA-F]{40}/);
      for (const id of ['transferTokens', 'approveTokens', 'transferTokensWithoutGas', 'approveTokensWithoutGas']) {
        const { receipt } = await sent(id);
        expect(receipt, id).toMatchObject({ status: '0x1', logs: [expect.anything()] });
      }
      await open.page.locator('#allowanceOwner').fill(ME);
      await open.page.locator('#allowanceSpender').fill('0x2f318C334780961FB129D2a6c30D0763d9a5C970');
      await click('getAllowance');
      await shows('allowanceAmountResult', '7.0000');
    });

    it('deploys NFTs, mints, approves and transfers them', async () => {
      await click('deployNFTsButton');
      await shows('nftsStatus', 'Deployed');
      await click('mintButton');
      await shows('nftsStatus', 'Mint completed');
      await click('approveButton');
      await shows('nftsStatus', 'Approve completed');
      await click('setApprovalForAllButton');
      await shows('nftsStatus', 'Set Approval For All completed');
      await click('revokeButton');
      await shows('nftsStatus', 'Revoke completed');
      await click('transferFromButton');
      await shows('nftsStatus', 'Transfer From completed');
    });

    it('deploys an ERC-1155, mints a batch and transfers it', async () => {
      await click('deployERC1155Button');
      await shows('erc1155Status', 'Deployed');
      await click('batchMintButton');
      await shows('erc1155Status', 'Batch Minting completed');
      await click('batchTransferFromButton');
      await shows('erc1155Status', 'Batch Transfer From completed');
    });

    it('pays a multisig, and hears that a contract fails', async () => {
      await click('deployMultisigButton');
      await shows('multisigContractStatus', 'Deployed');
      // 21000 gas, the limit that the page sets, pays for no code: mined, and failed.
      const { receipt } = await sent('sendMultisigButton');
      expect(receipt).toMatchObject({ status: '0x0', gasUsed: '0x5208' });
      await shows('multisigContractStatus', 'Transaction completed as expected.');
      await click('deployFailingButton');
      await shows('failingContractStatus', 'Deployed');
      const failed = await sent('sendFailingButton');
      expect(failed.receipt).toMatchObject({ status: '0x0' });
      await shows('failingContractStatus', 'Failed transaction process completed as expected.');
    });

    it('refuses malformed ones and says which field is wrong', async () => {
      for (const [id, field] of [
        ['sendWithInvalidValue', 'value'],
        ['sendWithInvalidTxType', 'type'],
        ['sendWithInvalidRecipient', 'to'],
      ]) {
        await click(id as string);
        await shows('sendMalformedResult', new RegExp(`^\\s*Error: .*${field}`));
      }
    });
  });

  describe('signatures', () => {
    it('personal_sign with its third parameter, verified by the page and by personal_ecRecover', async () => {
      await click('personalSign');
      await shows('personalSignResult', /^\s*0x[0-9a-f]{130}/);
      await click('personalSignVerify');
      await shows('personalSignVerifySigUtilResult', ME);
      await shows('personalSignVerifyECRecoverResult', ME);
    });

    it.each(['signTypedDataV4', 'signPermit'])('%s, verified by the page', async (id) => {
      await click(id);
      await shows(`${id}Result`, /^\s*0x[0-9a-f]{130}/);
      await click(`${id}Verify`);
      await shows(`${id}VerifyResult`, new RegExp(ME, 'i'));
    });

    it('eth_sign', async () => {
      await click('ethSign');
      await shows('ethSignResult', /^\s*"0x[0-9a-f]{130}"/);
    });

    it('sign-in with Ethereum', async () => {
      await click('siwe');
      await shows('siweResult', /^\s*0x[0-9a-f]{130}/);
    });

    it('refuses malformed typed data', async () => {
      for (const id of ['signInvalidType', 'signInvalidPrimaryType', 'signNoPrimaryTypeDefined']) {
        await click(id);
        await shows('signMalformedResult', /^\s*Error: /);
      }
    });
  });
});
