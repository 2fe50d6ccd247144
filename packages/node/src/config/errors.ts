/** A setting that cannot be used: names the setting, the value, and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
