/** A setting that cannot be used: names the setting, the value, and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Why the system refused a file, without the call and the path that Node puts around it.
 * @example reasonFromSystem(error) // 'no such file or directory (ENOENT)'
 */
export function reasonFromSystem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const found = /^[A-Z0-9]+: (.+?), \w+/.exec(message);
  return found === null || code === undefined ? message : `${found[1]} (${code})`;
}
