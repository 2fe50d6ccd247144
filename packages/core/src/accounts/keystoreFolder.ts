import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AccountError, accountError } from './faults.ts';
import { closeKeystore, openKeystore } from './keystore.ts';

/** Where accounts are kept as geth keeps them: a file for each, closed with a passphrase. */
export interface KeystoreOptions {
  readonly path: string;
  /** Each is tried on each file; accounts that one opens are unlocked. */
  readonly passphrases?: readonly string[];
}

/** A key of the folder, with the passphrase that opened it. */
export interface KeptKey {
  readonly privateKey: Uint8Array;
  readonly passphrase: string;
}

function readFolder(path: string): readonly (readonly [name: string, content: unknown])[] {
  if (!existsSync(path)) return [];
  try {
    const names = readdirSync(path).filter((name) => !name.startsWith('.') && !name.endsWith('~'));
    return names.sort().map((name) => [name, JSON.parse(readFileSync(join(path, name), 'utf8'))]);
  } catch (error) {
    const detail = `${path}: ${(error as Error).message}`;
    throw accountError({ code: 'KEYSTORE_INVALID', detail }, { cause: error });
  }
}

async function open(content: unknown, passphrases: readonly string[]): Promise<KeptKey | undefined> {
  for (const passphrase of passphrases) {
    try {
      return { privateKey: await openKeystore(content, passphrase), passphrase };
    } catch (error) {
      if (!(error instanceof AccountError) || error.fault.code !== 'PASSPHRASE_WRONG') throw error;
    }
  }
  return undefined;
}

/**
 * The keys of a folder that one of the passphrases opens, in the order of their files.
 * @throws AccountError KEYSTORE_INVALID naming the file; PASSPHRASE_WRONG when none of them opens one.
 */
export async function loadKeystore({ path, passphrases = [] }: KeystoreOptions): Promise<KeptKey[]> {
  const keys: KeptKey[] = [];
  for (const [name, content] of readFolder(path)) {
    try {
      const key = await open(content, passphrases);
      if (key === undefined) {
        const address = `0x${String((content as { address?: unknown }).address ?? '').replace(/^0x/, '')}`;
        throw accountError({ code: 'PASSPHRASE_WRONG', address });
      }
      keys.push(key);
    } catch (error) {
      if (!(error instanceof AccountError) || error.fault.code !== 'KEYSTORE_INVALID') throw error;
      const detail = `${join(path, name)}: ${error.fault.detail}`;
      throw accountError({ code: 'KEYSTORE_INVALID', detail }, { cause: error });
    }
  }
  return keys;
}

/** Writes a key into the folder under the name that geth would give it. @returns the file. */
export async function keepKey(
  path: string,
  key: { readonly address: Uint8Array; readonly privateKey: Uint8Array; readonly passphrase: string },
  { now, randomBytes }: { readonly now: () => number; readonly randomBytes: (length: number) => Uint8Array },
): Promise<string> {
  const content = await closeKeystore(key, key.passphrase, randomBytes);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const time = new Date(now()).toISOString().replace(/:/g, '-').replace('Z', '000000Z');
  const file = join(path, `UTC--${time}--${content.address}`);
  await writeFile(file, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
