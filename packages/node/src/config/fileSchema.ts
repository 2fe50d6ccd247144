import { FILE_KEYS } from './configFile.ts';
import type { ValueSchema } from './parsers.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import { isSwitch, type Setting } from './setting.ts';

type Property = ValueSchema & { readonly description: string; readonly anyOf?: readonly ValueSchema[] };

function propertyOf(setting: Setting<unknown>): Property {
  const { parse, help, shownDefault, bareValue } = setting;
  const description = shownDefault === undefined ? help : `${help} (default: ${shownDefault})`;
  const schema: ValueSchema = parse.schema ?? { type: 'string' };
  return bareValue === undefined || isSwitch(setting)
    ? { description, ...schema }
    : { description, anyOf: [schema, { type: 'boolean' }] };
}

const properties = (names: readonly SettingName[]): Record<string, Property> =>
  Object.fromEntries(names.map((name) => [name, propertyOf(SETTINGS[name])]));

/** JSON Schema (draft 7) of a config file, for editors: `"$schema": "./minichain.schema.json"` in a JSON file names it. */
export function fileSchema(): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'minichain.config.json',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...properties(FILE_KEYS),
      networks: {
        description: 'settings by network; --network names the one that holds',
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: properties(FILE_KEYS.filter((name) => name !== 'network')),
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}
