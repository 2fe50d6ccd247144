import { ACCOUNT_SETTINGS } from './accountSettings.ts';
import { CHAIN_SETTINGS } from './chainSettings.ts';
import { CONFIG_SETTINGS } from './configSettings.ts';
import { EVM_SETTINGS } from './evmSettings.ts';
import { LIMIT_SETTINGS } from './limitSettings.ts';
import { OBSERVATION_SETTINGS } from './observationSettings.ts';
import { OUTPUT_SETTINGS } from './outputSettings.ts';
import { SERVER_SETTINGS } from './serverSettings.ts';
import type { Setting } from './setting.ts';
import { STATE_SETTINGS } from './stateSettings.ts';
import { STORAGE_SETTINGS } from './storageSettings.ts';

/** Every setting of `minichain node`. */
export const SETTINGS = {
  ...CONFIG_SETTINGS,
  ...SERVER_SETTINGS,
  ...LIMIT_SETTINGS,
  ...OBSERVATION_SETTINGS,
  ...ACCOUNT_SETTINGS,
  ...CHAIN_SETTINGS,
  ...STORAGE_SETTINGS,
  ...STATE_SETTINGS,
  ...EVM_SETTINGS,
  ...OUTPUT_SETTINGS,
};

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = {
  -readonly [K in SettingName]?: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};
