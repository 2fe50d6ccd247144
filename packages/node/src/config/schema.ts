import { bigInteger, commaList, etherToWei, hexAddress, oneOf, type Parser, secondsToMs, text, wholeNumber, yesNo } from './parsers.ts';

/** One setting: its flag, its environment variable, how its text is read, and what it means. */
export interface Setting<T> {
  /** As commander writes it: `-p, --port <number>`; without a value it is a switch. */
  readonly flag: string;
  readonly env: string;
  readonly parse: Parser<T>;
  readonly help: string;
  readonly group: Group;
  /** Shown in help; what it is when left out. */
  readonly shownDefault?: string;
  /** The same setting under a name that other tools use; not in the help. */
  readonly aliases?: readonly string[];
}

export const GROUPS = ['Server', 'Accounts', 'Mining', 'Chain', 'EVM', 'Files', 'Output'] as const;
export type Group = (typeof GROUPS)[number];

const define = <T>(setting: Setting<T>): Setting<T> => setting;

/** Every setting of `minichain node`. Flags keep Anvil's names where they mean the same. */
export const SETTINGS = {
  port: define({ flag: '-p, --port <number>', env: 'PORT', parse: wholeNumber({ max: 65535 }), help: 'port to listen on; 0 lets the system choose', group: 'Server', shownDefault: '8545' }),
  host: define({ flag: '--host <address>', env: 'HOST', parse: text, help: 'address to listen on', group: 'Server', shownDefault: '127.0.0.1' }),
  allowOrigin: define({ flag: '--allow-origin <origins>', env: 'ALLOW_ORIGIN', parse: commaList, help: 'origins that CORS lets in, comma-separated, or *', group: 'Server', shownDefault: '*' }),
  noCors: define({ flag: '--no-cors', env: 'NO_CORS', parse: yesNo, help: 'send no CORS headers', group: 'Server' }),
  allowedHosts: define({ flag: '--allowed-hosts <names>', env: 'ALLOWED_HOSTS', parse: commaList, help: 'host names, besides localhost and IP addresses, that requests may name; * for all', group: 'Server' }),
  maxBodyBytes: define({ flag: '--max-body-bytes <bytes>', env: 'MAX_BODY_BYTES', parse: wholeNumber({ min: 1024 }), help: 'largest request body', group: 'Server', shownDefault: '10485760' }),
  maxBatch: define({ flag: '--max-batch <count>', env: 'MAX_BATCH', parse: wholeNumber({ min: 1 }), help: 'most requests in one batch', group: 'Server', shownDefault: '1000' }),
  clientVersion: define({ flag: '--client-version <text>', env: 'CLIENT_VERSION', parse: text, help: 'what web3_clientVersion answers', group: 'Server' }),

  accounts: define({ flag: '-a, --accounts <count>', env: 'ACCOUNTS', parse: wholeNumber({ max: 10_000 }), help: 'number of dev accounts', group: 'Accounts', shownDefault: '10' }),
  balance: define({ flag: '--balance <ether>', env: 'BALANCE', parse: etherToWei, help: 'balance of each dev account', group: 'Accounts', shownDefault: '10000' }),
  mnemonic: define({ flag: '-m, --mnemonic <words>', env: 'MNEMONIC', parse: text, help: 'BIP-39 mnemonic of the dev accounts', group: 'Accounts', shownDefault: 'test test … junk' }),
  mnemonicRandom: define({ flag: '--mnemonic-random [words]', env: 'MNEMONIC_RANDOM', parse: wholeNumber({ min: 12, max: 24 }), help: 'a fresh mnemonic of 12, 15, 18, 21 or 24 words', group: 'Accounts' }),
  derivationPath: define({ flag: '--derivation-path <path>', env: 'DERIVATION_PATH', parse: text, help: 'BIP-44 path; the index is appended', group: 'Accounts', shownDefault: "m/44'/60'/0'/0/" }),
  autoImpersonate: define({ flag: '--auto-impersonate', env: 'AUTO_IMPERSONATE', parse: yesNo, help: 'send as any account without a signature', group: 'Accounts' }),

  blockTime: define({ flag: '-b, --block-time <seconds>', env: 'BLOCK_TIME', parse: secondsToMs, help: 'a block every so many seconds (fractions allowed) instead of one per transaction', group: 'Mining' }),
  noMining: define({ flag: '--no-mining', env: 'NO_MINING', parse: yesNo, help: 'blocks only when asked for (evm_mine)', group: 'Mining' }),
  mixedMining: define({ flag: '--mixed-mining', env: 'MIXED_MINING', parse: yesNo, help: 'with --block-time: mine at once as well', group: 'Mining' }),
  order: define({ flag: '--order <order>', env: 'ORDER', parse: oneOf('fees', 'fifo'), help: 'order of transactions: fees (effective tip) or fifo', group: 'Mining', shownDefault: 'fees' }),
  coinbase: define({ flag: '--coinbase <address>', env: 'COINBASE', parse: hexAddress, help: 'fee recipient of new blocks', group: 'Mining', shownDefault: 'zero address' }),

  chainId: define({ flag: '--chain-id <id>', env: 'CHAIN_ID', parse: bigInteger, help: 'chain id', group: 'Chain', shownDefault: '31337' }),
  hardfork: define({ flag: '--hardfork <name>', env: 'HARDFORK', parse: text, help: 'rules of the chain, such as osaka, prague, cancun, london', group: 'Chain', shownDefault: 'latest' }),
  timestamp: define({ flag: '--timestamp <seconds>', env: 'TIMESTAMP', parse: bigInteger, help: 'timestamp of the genesis block, where the clock starts', group: 'Chain', shownDefault: 'now' }),
  init: define({ flag: '--init <genesis.json>', env: 'INIT', parse: text, help: 'start from a geth genesis file', group: 'Chain' }),
  importBlocks: define({ flag: '--import-blocks <chain.rlp>', env: 'IMPORT_BLOCKS', parse: text, help: 'execute and verify the RLP blocks of a file at start', group: 'Chain' }),
  slotsInAnEpoch: define({ flag: '--slots-in-an-epoch <count>', env: 'SLOTS_IN_AN_EPOCH', parse: wholeNumber({ min: 1 }), help: 'safe is that many blocks behind the head, finalized twice as many', group: 'Chain', shownDefault: '32' }),
  noSystemContracts: define({ flag: '--no-system-contracts', env: 'NO_SYSTEM_CONTRACTS', parse: yesNo, help: 'leave the contracts of EIP-4788, 2935, 7002 and 7251 out of genesis', group: 'Chain' }),
  noCreate2Deployer: define({ flag: '--no-create2-deployer', env: 'NO_CREATE2_DEPLOYER', parse: yesNo, help: 'leave the CREATE2 deployer 0x4e59…956c out of genesis', group: 'Chain', aliases: ['--disable-default-create2-deployer'] }),

  gasLimit: define({ flag: '--gas-limit <gas>', env: 'GAS_LIMIT', parse: bigInteger, help: 'block gas limit', group: 'EVM', shownDefault: '30000000' }),
  baseFee: define({ flag: '--base-fee <wei>', env: 'BASE_FEE', parse: bigInteger, help: 'base fee of the genesis block', group: 'EVM', shownDefault: '1000000000', aliases: ['--block-base-fee-per-gas <wei>'] }),
  gasPrice: define({ flag: '--gas-price <wei>', env: 'GAS_PRICE', parse: bigInteger, help: 'what eth_gasPrice answers', group: 'EVM' }),
  codeSizeLimit: define({ flag: '--code-size-limit <bytes>', env: 'CODE_SIZE_LIMIT', parse: wholeNumber({ min: 1 }), help: 'largest contract (EIP-170)', group: 'EVM', shownDefault: '24576' }),
  disableCodeSizeLimit: define({ flag: '--disable-code-size-limit', env: 'DISABLE_CODE_SIZE_LIMIT', parse: yesNo, help: 'contracts of any size', group: 'EVM' }),
  disableTxGasCap: define({ flag: '--disable-tx-gas-cap', env: 'DISABLE_TX_GAS_CAP', parse: yesNo, help: 'transactions above 2^24 gas (EIP-7825 off)', group: 'EVM' }),

  configOut: define({ flag: '--config-out <file>', env: 'CONFIG_OUT', parse: text, help: 'write accounts and settings as JSON', group: 'Files' }),
  readyFile: define({ flag: '--ready-file <file>', env: 'READY_FILE', parse: text, help: 'write { url, host, port, pid } once listening; removed at exit', group: 'Files' }),

  quiet: define({ flag: '-q, --quiet', env: 'QUIET', parse: yesNo, help: 'print nothing but errors', group: 'Output', aliases: ['--silent'] }),
  jsonLogs: define({ flag: '--json-logs', env: 'JSON_LOGS', parse: yesNo, help: 'one JSON object a line instead of text', group: 'Output' }),
  printTraces: define({ flag: '--print-traces', env: 'PRINT_TRACES', parse: yesNo, help: 'print the call tree of each transaction', group: 'Output' }),
};

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = { -readonly [K in SettingName]?: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };
