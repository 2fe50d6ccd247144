import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const TO = '0x00000000000000000000000000000000000000aa';
const SET = '0x00000000000000000000000000000000000000bb';
const NO_SPACE = /no space left on device; nothing of it was kept/i;

const mountAt = (path: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', path]).status === 0;

/** Only root may mount a disk of its own. */
const canMount = ((): boolean => {
  const path = mkdtempSync(join(tmpdir(), 'minichain-mount-'));
  const isMounted = mountAt(path);
  if (isMounted) spawnSync('umount', [path]);
  rmSync(path, { recursive: true, force: true });
  return isMounted;
})();

describe.skipIf(!canMount)('a node on a full disk', () => {
  let disk: string;
  let node: RunningNode | undefined;
  let fillings = 0;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'minichain-disk-'));
    expect(mountAt(disk)).toBe(true);
  });
  afterEach(async () => {
    await node?.close();
    node = undefined;
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  const start = async (...flags: string[]): Promise<RunningNode> => {
    node = await startMinichain(['--datadir', join(disk, 'data'), ...flags]);
    return node;
  };
  const kill = async (): Promise<void> => {
    process.kill(node?.pid as number, 'SIGKILL');
    await node?.close();
  };
  const fill = (): void => {
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, `filling${fillings++}`)}`, 'bs=4k']);
  };
  const empty = (): void => {
    for (const name of readdirSync(disk)) if (name.startsWith('filling')) rmSync(join(disk, name));
  };
  const call = <T>(method: string, ...params: unknown[]): Promise<T> =>
    (node as RunningNode).rpc.call<T>(method, params);
  const send = async (index: number): Promise<string> => {
    const from = (await call<string[]>('eth_accounts'))[index];
    return call('eth_sendTransaction', { from, to: TO, value: '0x1' });
  };
  const ready = async (): Promise<[number, string]> => {
    const reply = await fetch(`${node?.url}/health/ready`);
    return [reply.status, await reply.text()];
  };

  /** Sends from the first account until it is refused, while the disk is full. */
  async function sendUntilRefused(): Promise<string[]> {
    const answered: string[] = [];
    fill();
    for (;;) {
      try {
        answered.push(await send(0));
      } catch (error) {
        expect((error as Error).message).toMatch(NO_SPACE);
        return answered;
      }
    }
  }

  /** Everything that was answered is there, and nothing that was refused. */
  async function check(answered: readonly string[]): Promise<void> {
    const receipts = await Promise.all(answered.map((hash) => call('eth_getTransactionReceipt', hash)));
    expect(receipts.filter((receipt) => receipt === null)).toEqual([]);
    expect(Number(await call('eth_getBalance', TO, 'latest'))).toBe(answered.length);
    expect(Number(await call('eth_blockNumber'))).toBe(answered.length);
    expect(await call('txpool_status')).toEqual({ pending: '0x0', queued: '0x0' });
    expect(await call('eth_getBalance', SET, 'latest')).toBe('0x0');
  }

  it.each(['always', 'block', 'off'])(
    'has after kill -9 what it answered and not what it refused (--fsync %s)',
    async (fsync) => {
      await start('--fsync', fsync);
      const answered = [await send(0), await send(0)];
      answered.push(...(await sendUntilRefused()));
      for (const index of [1, 2, 3]) await expect(send(index)).rejects.toThrow(NO_SPACE);
      await expect(call('anvil_setBalance', SET, '0x77')).rejects.toThrow(NO_SPACE);
      await expect(call('evm_setAutomine', false)).rejects.toThrow(NO_SPACE);
      await expect(call('evm_snapshot')).rejects.toThrow(NO_SPACE);
      expect(await call('anvil_getAutomine')).toBe(true);
      expect(await ready()).toEqual([503, expect.stringMatching(/nothing can be written: no space left on device/i)]);
      await check(answered);
      for (let round = 0; round < 3; round++) {
        await kill();
        fill();
        await start('--fsync', fsync);
        await check(answered);
      }
      fill();
      answered.push(...(await sendUntilRefused()));
      await expect.poll(async () => (await ready())[0]).toBe(503);
      empty();
      // By itself, without anybody writing.
      await expect.poll(async () => (await ready())[0], { timeout: 15_000 }).toBe(200);
      answered.push(await send(1));
      await check(answered);
      await kill();
      await start('--fsync', fsync);
      await check(answered);
    },
  );

  it('ends in order, and starts with other settings than before', async () => {
    await start();
    const answered = await sendUntilRefused();
    await node?.close();
    fill();
    await start('--block-time', '1000');
    fill();
    await check(answered);
    expect(await call('anvil_getAutomine')).toBe(false);
    await node?.close();
    expect(node?.output()).not.toMatch(/^\s+at /m);
  });

  it('does not make a chain where there is no room for one, and says why', async () => {
    fill();
    await expect(start()).rejects.toThrow(/no space left on device/i);
    empty();
    await start();
    await check([await send(0)]);
  });
});
