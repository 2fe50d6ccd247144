import { resolve } from 'node:path';
import { networkNames } from './configFile.ts';
import { ConfigError } from './errors.ts';
import { settle } from './load.ts';
import { FILE_NAMES, findConfig, readConfig } from './readConfig.ts';
import { nodeOptionsFromSettings } from './toOptions.ts';

export interface CheckedConfig {
  readonly path: string;
  readonly networks: readonly string[];
}

/**
 * Reads a config file as a node would, alone and with each of its networks, and the files that it names.
 * @param file left out: the one in the folder.
 * @throws ConfigError for the first mistake.
 */
export async function checkConfig(file: string | undefined, folder: string): Promise<CheckedConfig> {
  const path = file === undefined ? findConfig(folder) : resolve(folder, file);
  if (path === undefined)
    throw new ConfigError(`there is no config file in ${folder}: expected ${FILE_NAMES.join(' or ')}`);
  const config = await readConfig(path, folder);
  const networks = networkNames(config);
  nodeOptionsFromSettings(settle({}, {}, config).values);
  for (const network of networks) {
    try {
      nodeOptionsFromSettings(settle({ network }, {}, config).values);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new ConfigError(`network ${network}: ${error.message}`, { cause: error });
    }
  }
  return { path, networks };
}
