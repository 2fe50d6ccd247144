import { type HDAccount, type HDKey, hdKeyToAccount, mnemonicToAccount } from 'viem/accounts';

/** What a node derives its accounts from unless told otherwise. Everybody knows it: never fund it on a public chain. */
export const DEFAULT_MNEMONIC = 'test test test test test test test test test test test junk';

export interface DevAccountOptions {
  /** Default {@link DEFAULT_MNEMONIC}. */
  readonly mnemonic?: string;
  /** The index is appended. Default `m/44'/60'/0'/0/`. */
  readonly derivationPath?: string;
}

type Path = `m/44'/60'/${string}`;

/** Stretching a mnemonic costs a tenth of a second; deriving from the result costs little. */
const roots = new Map<string, HDKey>();

function rootOf(mnemonic: string): HDKey {
  const root = roots.get(mnemonic) ?? mnemonicToAccount(mnemonic, { path: 'm' as Path }).getHdKey();
  roots.set(mnemonic, root);
  return root;
}

/**
 * One of the node's dev accounts with its key, to sign on this side of the wire.
 * @throws Error for words that are no BIP-39 mnemonic.
 * @example await createClient({ account: devAccount(1) }).send({ to: '0x…', value: 1n })
 */
export function devAccount(index = 0, options: DevAccountOptions = {}): HDAccount {
  const { mnemonic = DEFAULT_MNEMONIC, derivationPath = "m/44'/60'/0'/0/" } = options;
  const prefix = derivationPath.endsWith('/') ? derivationPath : `${derivationPath}/`;
  return hdKeyToAccount(rootOf(mnemonic), { path: `${prefix}${index}` as Path });
}
