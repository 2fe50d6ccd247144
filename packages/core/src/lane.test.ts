import { describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

describe('Lane', () => {
  it('runs jobs one after the other, in their order', async () => {
    const lane = new Lane();
    const seen: string[] = [];
    const job = (name: string, rounds: number) => async () => {
      seen.push(`${name} begins`);
      for (let i = 0; i < rounds; i++) await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([lane.run(job('slow', 50)), lane.run(job('fast', 0)), lane.run(() => 'plain')]);
    expect(results).toEqual(['slow', 'fast', 'plain']);
    expect(seen).toEqual(['slow begins', 'slow ends', 'fast begins', 'fast ends']);
  });

  it('goes on after a job that failed', async () => {
    const lane = new Lane();
    const failed = lane.run(() => Promise.reject(new RangeError('no')));
    const next = lane.run(() => 1);
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe(1);
  });

  it('ends what it accepted and refuses the rest when it closes', async () => {
    const lane = new Lane();
    let ended = false;
    const job = lane.run(async () => {
      for (let i = 0; i < 20; i++) await Promise.resolve();
      ended = true;
    });
    const closed = lane.close();
    await expect(lane.run(() => 1)).rejects.toMatchObject({ fault: { code: 'LANE_CLOSED' } });
    await closed;
    expect(ended).toBe(true);
    await job;
  });
});
