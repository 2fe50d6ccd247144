/** A place where two JSON values differ; an absent side is undefined, which JSON cannot hold. */
export interface Difference {
  /** Such as `result.blocks[0].hash`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Every place where two JSON values differ. */
export function leafDifferences(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (Object.is(expected, actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const found: Difference[] =
      expected.length === actual.length
        ? []
        : [{ path: `${path}.length`, expected: expected.length, actual: actual.length }];
    const shared = Math.min(expected.length, actual.length);
    for (let index = 0; index < shared; index += 1) {
      found.push(...leafDifferences(expected[index], actual[index], `${path}[${index}]`));
    }
    return found;
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => leafDifferences(expected[key], actual[key], path === '' ? key : `${path}.${key}`));
  }
  return [{ path, expected, actual }];
}

/** The same as text, one line each: `result.blocks[0].hash: expected "0x1", got "0x2"`. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  return leafDifferences(expected, actual, path).map(({ path: at, expected: wanted, actual: got }) => {
    if (got === undefined) return `${at}: missing, expected ${brief(wanted)}`;
    if (wanted === undefined) return `${at}: surplus ${brief(got)}`;
    return `${at}: expected ${brief(wanted)}, got ${brief(got)}`;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON text, cut short in the middle of a line. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 140 ? `${text.slice(0, 100)}…(${text.length})` : text;
}
