import { randomUUID } from 'node:crypto';
import { RPC_CODES, type RpcError } from '@minichain/protocol';
import { failure } from './dispatcher.ts';
import { writeJson } from './writeJson.ts';

interface TextHandlers {
  readonly handle: (message: unknown) => Promise<unknown>;
  /** What the client is told when its reply cannot be written. */
  readonly internalError: (where: string, error: unknown) => RpcError;
}

/** Stands before the digits of an id while it is a string; nobody outside can know it. */
const MARK = `id-${randomUUID()}:`;
const MARKED = new RegExp(`"id":"${MARK}([^"]*)"`, 'g');
/** Strings, single marks, and whatever stands between them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

const isInexact = (message: unknown): boolean => {
  const id = (message as { id?: unknown } | null)?.id;
  return typeof id === 'number' && !Number.isSafeInteger(id);
};

/** The digits of each numeric id, by the place of its request in a batch (0 for a single request). */
function idDigits(text: string, isBatch: boolean): Map<number, string> {
  const found = new Map<number, string>();
  const requestDepth = isBatch ? 2 : 1;
  const tokens = text.match(TOKENS) ?? [];
  let depth = 0;
  let place = 0;
  tokens.forEach((token, index) => {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (token === ',' && isBatch && depth === 1) place++;
    else if (token === ':' && depth === requestDepth && tokens[index - 1] === '"id"') {
      found.set(place, tokens[index + 1] as string);
    }
  });
  return found;
}

/**
 * JavaScript holds integers up to 2^53, and clients that number their requests by nanoseconds go beyond: such ids pass
 * through as marked strings, and come out as the digits that came in.
 */
function markInexactIds(text: string, message: unknown): boolean {
  const members = Array.isArray(message) ? message : [message];
  if (!members.some(isInexact)) return false;
  const digits = idDigits(text, Array.isArray(message));
  members.forEach((member, place) => {
    const written = digits.get(place);
    if (isInexact(member) && written !== undefined) member.id = MARK + written;
  });
  return true;
}

async function replyText(reply: unknown, message: unknown, { internalError }: TextHandlers): Promise<string> {
  try {
    return await writeJson(reply);
  } catch (error) {
    const id = (message as { id?: unknown }).id ?? null;
    if (error instanceof RangeError) {
      const detail = 'response too large: ask for less at a time (fewer requests in a batch, a smaller range)';
      return JSON.stringify(failure(id, RPC_CODES.limitExceeded, detail));
    }
    const { code, message: told } = internalError('reply', error);
    return JSON.stringify(failure(id, code, told));
  }
}

/**
 * Text in, text out: what every transport does with a message.
 * @returns the reply; undefined when there is nothing to say (notifications).
 * @example await answerText('{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}', handlers)
 */
export async function answerText(text: string, handlers: TextHandlers): Promise<string | undefined> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    return JSON.stringify(failure(null, RPC_CODES.parse, `parse error: ${(error as Error).message}`));
  }
  const isMarked = markInexactIds(text, message);
  const reply = await handlers.handle(message);
  if (reply === undefined) return undefined;
  const answer = await replyText(reply, message, handlers);
  return isMarked ? answer.replace(MARKED, '"id":$1') : answer;
}
