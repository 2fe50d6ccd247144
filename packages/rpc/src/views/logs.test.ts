import { createChain, type LocatedLog } from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { expect, it } from 'vitest';
import { createRpc } from '../createRpc.ts';
import { JsonText } from '../jsonText.ts';
import { logsView } from './logs.ts';

const ADDRESS = `0x${'cc'.repeat(20)}` as const;
const OFFERED = { requestId: 'a reply' };
const said = async (logs: readonly LocatedLog[]) => {
  const text = await logsView(logs, OFFERED);
  expect(text).toBeInstanceOf(JsonText);
  return JSON.parse((text as unknown as JsonText).pieces.join(''));
};

it('writes what it shows in process, whatever a log has and how many there are', async () => {
  const chain = await createChain();
  try {
    const rpc = createRpc({ chain, clientVersion: 'anvil/test' });
    const [from] = (await rpc.request('eth_accounts')) as string[];
    const topic = `7f${'5a'.repeat(32)}`;
    // No data and no topic; one topic; four topics and 100,000 bytes.
    await rpc.request('anvil_setCode', [ADDRESS, `0x5f5fa0${topic}60205fa1${topic.repeat(4)}620186a05fa400`]);
    for (let sent = 0; sent < 70; sent++) {
      await rpc.request('eth_sendTransaction', [{ from, to: ADDRESS, gas: '0x200000' }]);
    }
    const logs = await chain.chain.logs({ from: 0n, to: 70n, addresses: [bytesFromHex(ADDRESS)] });
    expect(logs).toHaveLength(210);
    const shown = await logsView(logs, { requestId: undefined });
    expect(shown[209]).toMatchObject({ blockNumber: '0x46', logIndex: '0x2', topics: { length: 4 } });
    expect(shown[209]?.data).toHaveLength(200_002);
    expect(await said(logs)).toEqual(shown);
    expect(await said([])).toEqual([]);
  } finally {
    await chain.close();
  }
});
