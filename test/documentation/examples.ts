import { VECTORS } from '../../packages/rpc/src/registry.vectors.ts';
import type { Failure, Step, Success, Way } from '../../packages/rpc/src/world.vectors.ts';

type Vector = Success<never> | Failure;
type Reply = { readonly result: unknown } | { readonly error: Failure['error'] };

/** A request with its reply, on the chain of `packages/rpc/methods/world.json`. */
export interface Example {
  readonly method: string;
  readonly when: string | undefined;
  /** Sent first. */
  readonly before: readonly Step[];
  readonly params: readonly unknown[];
  readonly reply: Reply;
  /** Whether the reply has more than is shown. */
  readonly isExcerpt: boolean;
  /** A chain that nothing else has touched. */
  readonly isAlone: boolean;
  /** The node's `--hardfork`, where it matters. */
  readonly hardfork: 'berlin' | undefined;
  readonly transport: 'HTTP' | 'WebSocket';
}

/** Why a request is refused. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly when: string | undefined;
}

interface MethodVectors {
  readonly succeeds: readonly Vector[];
  readonly fails: readonly Failure[];
}

function vectorsOf(method: string): MethodVectors {
  const vectors = (VECTORS as unknown as Readonly<Record<string, MethodVectors>>)[method];
  if (vectors === undefined) throw new Error(`${method} has no vectors`);
  return vectors;
}

const isPattern = (value: unknown): boolean =>
  value instanceof RegExp || (typeof value === 'object' && value !== null && 'asymmetricMatch' in value);

/** Whether a reply says what is only known when it is asked for. */
function isOpen(value: unknown): boolean {
  if (isPattern(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isOpen);
}

const replyOf = (vector: Vector): Reply => {
  if ('error' in vector) return { error: vector.error };
  const result = vector.shown ?? vector.result;
  if (isOpen(result))
    throw new Error('a vector whose result is a pattern needs `shown`: what the documentation shows of it');
  return { result };
};

const viaOf = (ways: readonly Way[] | undefined): Example['transport'] =>
  ways === undefined || ways.includes('HTTP') ? 'HTTP' : 'WebSocket';

/** The example of a method: its first vector that succeeds on today's rules, or the first that fails where none succeeds. */
export function exampleOf(method: string): Example {
  const { succeeds, fails } = vectorsOf(method);
  const vector = [...succeeds, ...fails].find(({ world }) => world !== 'old') ?? succeeds[0] ?? fails[0];
  if (vector === undefined) throw new Error(`${method} has no vector`);
  return {
    method,
    when: vector.when,
    before: [...(vector.before ?? []), ...(vector.refused ?? [])],
    params: vector.params,
    reply: replyOf(vector),
    isExcerpt: 'shown' in vector,
    isAlone: vector.world !== undefined,
    hardfork: vector.world === 'old' ? 'berlin' : undefined,
    transport: viaOf(vector.via),
  };
}

/** Every refusal that the vectors of a method know, once each. */
export function refusalsOf(method: string): Refusal[] {
  const all = vectorsOf(method).fails.map(({ error, when }) => {
    const { code, message } = error;
    // What a decoder of a library says is not ours to promise.
    const words = typeof message === 'string' ? message : String((message as { sample?: unknown }).sample ?? message);
    return { code, message: words.replace(/^\/\^?|\/$/g, ''), when };
  });
  const seen = new Set<string>();
  return all.filter(({ code, message }) => {
    const key = `${code} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
