const HEX = /^0x[0-9a-f]*$/i;
/** Of words that are as long whatever they say: addresses, hashes, blooms. */
const FIXED = [42, 66, 514];
const VERSION = 'anvil/minichain-v';

/** A text that says the same but for its numbers. */
const withoutNumbers = (text: string): string => text.replace(/0x[0-9a-f]+|-?\d+/gi, '#');

/** Whether a text has the parts of what was shown, which "…" is between, one after the other. */
function hasParts(shown: string, actual: string): boolean {
  let from = 0;
  return shown.split('…').every((part) => {
    const at = actual.indexOf(part.trim(), from);
    from = at + part.trim().length;
    return at !== -1;
  });
}

function sameText(shown: string, actual: string): boolean {
  if (HEX.test(shown)) return HEX.test(actual) && (!FIXED.includes(shown.length) || shown.length === actual.length);
  // What comes after it is said of the machine.
  if (shown.startsWith(VERSION)) return actual.startsWith(VERSION);
  return shown.includes('…')
    ? hasParts(withoutNumbers(shown), withoutNumbers(actual))
    : withoutNumbers(shown) === withoutNumbers(actual);
}

/**
 * Whether a reply is what was shown, but for what is another each time: the digits of numbers and of hex. What is there, and
 * what it is called, is the same; so is every word, every boolean and every null.
 * @param isExcerpt whether there may be more of it than was shown.
 */
export function sameShape(shown: unknown, actual: unknown, isExcerpt: boolean): boolean {
  if (shown === actual) return true;
  if (typeof shown !== typeof actual || shown === null || actual === null) return false;
  if (typeof shown === 'number') return true;
  if (typeof shown === 'string') return sameText(shown, actual as string);
  if (typeof shown !== 'object' || Array.isArray(shown) !== Array.isArray(actual)) return false;
  const parts = Object.entries(shown);
  const others = actual as Readonly<Record<string, unknown>>;
  const isWhole = isExcerpt || parts.length === Object.keys(others).length;
  return isWhole && parts.every(([key, value]) => sameShape(value, others[key], isExcerpt));
}
