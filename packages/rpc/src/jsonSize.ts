import { JsonText } from './jsonText.ts';

/** What a number, a truth or null has as text, about. */
const SCALAR = 8;
/** Quotes, colon and comma of a member. */
const AROUND_KEY = 4;

/**
 * How many characters a wire value has as JSON, about: strings count as they are, without escapes.
 * @param most counting ends beyond it, so that a huge value costs no more than that.
 * @example jsonSize(['0x1', '0x2'], 1000) // 14
 */
export function jsonSize(value: unknown, most: number): number {
  if (value instanceof JsonText) return value.size;
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return SCALAR;
  let size = 2;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && size <= most; i++) size += 1 + jsonSize(value[i], most - size);
    return size;
  }
  for (const key in value) {
    if (size > most) break;
    size += key.length + AROUND_KEY + jsonSize((value as Record<string, unknown>)[key], most - size);
  }
  return size;
}
