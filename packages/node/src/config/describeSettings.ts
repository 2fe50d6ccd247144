import type { Given, Origin } from './given.ts';
import type { LoadedSettings } from './load.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import { isSwitch, type Setting } from './setting.ts';

export interface DescribedSetting {
  readonly name: SettingName;
  /** In the flag's units; null where the default is nothing. */
  readonly value: string | number | boolean | null;
  readonly source: Origin | { readonly from: 'default' };
}

const MASK = '••••••';

/** A preset's mnemonic is as public as the default's. */
const isHidden = (setting: Setting<unknown>, { origin }: Given): boolean =>
  setting.isSecret === true && origin.from !== 'preset';

function nativeOf(setting: Setting<unknown>, text: string | undefined): string | number | boolean | null {
  if (isSwitch(setting)) return text === undefined ? false : setting.parse(text) === true;
  if (text === undefined) return null;
  const { type } = setting.parse.schema ?? {};
  const isNumber = type !== undefined && (type.includes('integer') || type.includes('number'));
  return isNumber && /^\d+(\.\d+)?$/.test(text) && Number(text) <= Number.MAX_SAFE_INTEGER ? Number(text) : text;
}

/**
 * Every setting with its value and who gave it.
 * @example describeSettings(settle({ port: '1' }, {}))[0] // { name: 'config', value: '…', source: { from: 'default' } }
 */
export function describeSettings(
  { given, file }: LoadedSettings,
  { showSecrets = false }: { readonly showSecrets?: boolean } = {},
): readonly DescribedSetting[] {
  return (Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]).map(([name, setting]) => {
    const own = given.get(name);
    if (own === undefined) {
      // The one that was found in the folder.
      const text = name === 'config' && file !== undefined ? file : setting.shownDefault;
      return { name, value: nativeOf(setting, text), source: { from: 'default' } };
    }
    const value = isHidden(setting, own) && !showSecrets ? MASK : nativeOf(setting, own.text);
    return { name, value, source: own.origin };
  });
}
