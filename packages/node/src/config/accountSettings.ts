import { bigInteger, etherToWei, filePath, oneOf, text, wholeNumber, words, yesNo } from './parsers.ts';
import { define } from './setting.ts';

/** Whose accounts the node signs for. Flags keep Anvil's names where they mean the same. */
export const ACCOUNT_SETTINGS = {
  accounts: define({
    flag: '-a, --accounts <count>',
    env: 'ACCOUNTS',
    parse: wholeNumber({ max: 10_000 }),
    help: 'number of dev accounts',
    group: 'Accounts',
    shownDefault: '10',
  }),
  balance: define({
    flag: '--balance <ether>',
    env: 'BALANCE',
    parse: etherToWei,
    help: 'balance of each dev account',
    group: 'Accounts',
    shownDefault: '10000',
  }),
  mnemonic: define({
    flag: '-m, --mnemonic <words>',
    env: 'MNEMONIC',
    parse: words,
    help: 'BIP-39 mnemonic of the dev accounts',
    group: 'Accounts',
    shownDefault: 'test test … junk',
    isSecret: true,
  }),
  mnemonicRandom: define({
    flag: '--mnemonic-random [words]',
    env: 'MNEMONIC_RANDOM',
    parse: oneOf('12', '15', '18', '21', '24'),
    bareValue: '12',
    help: 'a fresh mnemonic of 12, 15, 18, 21 or 24 words',
    group: 'Accounts',
  }),
  mnemonicSeedUnsafe: define({
    flag: '--mnemonic-seed-unsafe <number>',
    env: 'MNEMONIC_SEED_UNSAFE',
    parse: bigInteger({ max: 2n ** 64n - 1n }),
    help: 'a mnemonic made from a number, the same as Anvil makes; anybody can guess it',
    group: 'Accounts',
    isSecret: true,
  }),
  derivationPath: define({
    flag: '--derivation-path <path>',
    env: 'DERIVATION_PATH',
    parse: text,
    help: 'BIP-44 path; the index is appended',
    group: 'Accounts',
    shownDefault: "m/44'/60'/0'/0/",
  }),
  keystore: define({
    flag: '--keystore <directory>',
    env: 'KEYSTORE',
    parse: filePath,
    help: 'accounts of a folder of key files (geth, version 3) as well; those that are made or imported are kept there',
    group: 'Accounts',
  }),
  password: define({
    flag: '--password <file>',
    env: 'PASSWORD',
    parse: filePath,
    help: 'with --keystore: a file of passwords, one a line; each key has to open with one of them',
    group: 'Accounts',
    shownDefault: 'the empty password',
  }),
  autoImpersonate: define({
    flag: '--auto-impersonate',
    env: 'AUTO_IMPERSONATE',
    parse: yesNo,
    help: 'send as any account without a signature',
    group: 'Accounts',
  }),
};
