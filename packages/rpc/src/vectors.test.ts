import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS } from './registry.ts';
import { VECTORS } from './registry.vectors.ts';
import { type OpenWay, openWay } from './ways.vectors.ts';
import type { Failure, Step, Success, Way } from './world.vectors.ts';

type Vector = Success<never> | Failure;

const WAYS: readonly Way[] = ['in process', 'HTTP', 'batch', 'WebSocket'];

const expectedOf = (vector: Vector): unknown =>
  'error' in vector ? { error: vector.error } : { result: vector.result };

/** Every vector of the registry under a name of its own. */
function* named(): Generator<{ name: string; method: string; vector: Vector }> {
  for (const [method, { succeeds, fails }] of Object.entries(VECTORS)) {
    for (const [kind, vectors] of Object.entries({ answers: succeeds, refuses: fails })) {
      for (const [index, vector] of (vectors as readonly Vector[]).entries()) {
        yield { name: `${method} ${kind} ${vector.when ?? index + 1}`, method, vector };
      }
    }
  }
}

/** All of a vector in one go, so that in a batch it is one batch. */
async function replay(way: OpenWay, method: string, vector: Vector): Promise<void> {
  const { refused = [], after = [] } = vector;
  const before = [...refused, ...(vector.before ?? [])];
  const main = [method, vector.params] as unknown as Step;
  const steps: Step[] = [...before, main, ...after.map(([name, params]): Step => [name, params])];
  const replies = await way.send(steps);
  for (const reply of replies.slice(0, refused.length)) expect(reply).toHaveProperty('error');
  for (const reply of replies.slice(refused.length, before.length)) expect(reply).toHaveProperty('result');
  const reply = replies[before.length];
  if ('result' in vector && vector.result instanceof RegExp) {
    expect(reply).toEqual({ result: expect.stringMatching(vector.result) });
  } else expect(reply).toEqual(expectedOf(vector));
  const changed = replies.slice(before.length + 1);
  expect(changed).toEqual(after.map(([, , result]) => ({ result })));
}

describe.each(WAYS)('%s', (way) => {
  let shared: OpenWay;
  beforeAll(async () => {
    shared = await openWay(way);
  });
  afterAll(() => shared?.close());

  for (const { name, method, vector } of named()) {
    if (vector.via !== undefined && !vector.via.includes(way)) continue;
    it(name, async () => {
      if (vector.world === undefined) return shared.restoring(() => replay(shared, method, vector));
      const own = await openWay(way, vector.world);
      try {
        await replay(own, method, vector);
      } finally {
        await own.close();
      }
    });
  }
});

it('knows a vector for every method and no other', () => {
  expect(Object.keys(VECTORS).sort()).toEqual([...METHODS.keys()].sort());
});
