/** Where two JSON values differ, one line each: `result.blocks[0].hash: expected "0x1", got "0x2"`. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (Object.is(expected, actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const found =
      expected.length === actual.length ? [] : [`${path}.length: expected ${expected.length}, got ${actual.length}`];
    const shared = Math.min(expected.length, actual.length);
    for (let index = 0; index < shared; index += 1) {
      found.push(...differences(expected[index], actual[index], `${path}[${index}]`));
    }
    return found;
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => {
      const at = path === '' ? key : `${path}.${key}`;
      if (!(key in actual)) return [`${at}: missing, expected ${brief(expected[key])}`];
      if (!(key in expected)) return [`${at}: surplus ${brief(actual[key])}`];
      return differences(expected[key], actual[key], at);
    });
  }
  return [`${path}: expected ${brief(expected)}, got ${brief(actual)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 140 ? `${text.slice(0, 100)}…(${text.length})` : text;
}
