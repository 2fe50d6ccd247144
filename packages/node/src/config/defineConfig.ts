import type { SETTINGS, SettingName } from './schema.ts';
import type { Setting } from './setting.ts';

/** What is written for a value: itself, or as text for the flag, in the flag's units. */
type Written<T> = T extends boolean
  ? boolean
  : T extends bigint
    ? bigint | number | string
    : T extends number
      ? number | string
      : T extends readonly string[]
        ? string | readonly string[]
        : T extends `${infer N extends number}`
          ? T | N | boolean
          : T;

type WrittenSetting<S> = S extends Setting<infer T> ? Written<T> : never;

/** The settings of one network in a config file. Amounts are in the flags' units: `blockTime` in seconds, `balance` in ether. */
export type NetworkConfig = {
  readonly [K in Exclude<SettingName, 'config' | 'noConfig' | 'network'>]?:
    | WrittenSetting<(typeof SETTINGS)[K]>
    | undefined;
};

/** A config file. */
export interface MinichainConfig extends NetworkConfig {
  /** The network that holds when `--network` names none. */
  readonly network?: string | undefined;
  /** By name; their settings go before the others of the file. */
  readonly networks?: Readonly<Record<string, NetworkConfig>>;
}

/**
 * Gives a config file its types.
 * @example export default defineConfig({ port: 8546, blockTime: 2, networks: { ci: { quiet: true } } });
 */
export const defineConfig = (config: MinichainConfig): MinichainConfig => config;
