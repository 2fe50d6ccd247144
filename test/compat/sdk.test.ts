import { createClient, devAccount, type MinichainClient } from '@minichain/sdk';
import { type Address, parseAbi, parseEther } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledContracts } from '../support/compile.ts';
import { type RunningNode, startAnvil, startMinichain } from '../support/nodeProcess.ts';

const { Token } = compiledContracts('Token.sol');
const bytecode = Token?.bytecode as `0x${string}`;
const abi = parseAbi([
  'constructor(string name, string symbol, uint256 supply)',
  'error InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'function balanceOf(address) view returns (uint256)',
  'function transfer(address to, uint256 value) returns (bool)',
  'function transferFrom(address from, address to, uint256 value) returns (bool)',
]);
const TO = '0x00000000000000000000000000000000000000AA';

const nodes: [string, () => Promise<RunningNode>, (node: RunningNode) => string][] = [
  ['minichain over HTTP', startMinichain, ({ url }) => url],
  ['minichain over WebSocket', startMinichain, ({ wsUrl }) => wsUrl],
  ['Anvil', startAnvil, ({ url }) => url],
];

describe.each(nodes)('the SDK on %s', (_, start, urlOf) => {
  let node: RunningNode;
  let client: MinichainClient;
  let token: Address;
  beforeAll(async () => {
    node = await start();
    client = createClient({ url: urlOf(node) });
    token = (await client.deploy({ abi, bytecode, args: ['Token', 'TKN', 1000n] })).address;
  });
  afterAll(async () => {
    await client.close();
    await node.close();
  });

  const balanceOf = (who: Address) =>
    client.readContract({ abi, address: token, functionName: 'balanceOf', args: [who] });
  const transfer = (value: bigint) => ({ abi, address: token, functionName: 'transfer', args: [TO, value] }) as const;

  it('writes and reads a contract', async () => {
    const before = await balanceOf(TO);
    await client.write(transfer(5n));
    expect(await balanceOf(TO)).toBe(before + 5n);
  });

  it('sends for an account that signs here', async () => {
    const account = devAccount(1);
    const { from } = await client.send({ account, to: TO, value: 1n });
    expect(from).toBe(account.address.toLowerCase());
  });

  it('tells why a transaction fails, before it is sent and after it is mined', async () => {
    const account = devAccount(1).address;
    const call = {
      account,
      abi,
      address: token,
      functionName: 'transferFrom',
      args: [devAccount(0).address, TO, 3n],
    } as const;
    const reason = `InsufficientAllowance("${account}", 0, 3)`;
    // Anvil mines what an estimate would have refused.
    await expect(client.write(call)).rejects.toMatchObject({ name: 'RevertedError', reason });
    await expect(client.write({ ...call, gas: 100_000n })).rejects.toMatchObject({
      name: 'RevertedError',
      reason,
      receipt: { status: 'reverted' },
    });
    await expect(client.write(transfer(10n ** 9n))).rejects.toMatchObject({ reason: 'balance too low' });
    const failing = client.deploy({ abi, bytecode, args: ['T', 'T', 0n] });
    await expect(failing).rejects.toMatchObject({ name: 'RevertedError', reason: 'no supply' });
  });

  it('isolates, travels and impersonates', async () => {
    const before = await balanceOf(TO);
    const { timestamp } = await client.getBlock();
    await client.isolate(async () => {
      await client.write(transfer(7n));
      expect(await client.travel({ by: 3600 })).toBeGreaterThanOrEqual(timestamp + 3600n);
      const receipt = await client.impersonate({ address: TO, balance: parseEther('1') }, (account) =>
        client.write({ ...transfer(1n), account }),
      );
      expect(receipt).toMatchObject({ from: TO.toLowerCase(), status: 'success' });
    });
    expect(await balanceOf(TO)).toBe(before);
  });

  it('says what to do when nothing is mined', async () => {
    await client.setAutomine(false);
    await expect(client.send({ to: TO, timeout: 100 })).rejects.toThrow(/automining is off; call mine\(\)/);
    await client.mine({ blocks: 1 });
    await client.setAutomine(true);
  });
});
