/** Settings as a config file has them: text as for the flag. */
export type PresetSettings = Readonly<Record<string, string>>;

const GWEI = '1000000000';
const TEST_JUNK = 'test test test test test test test test test test test junk';

/** What each node starts with when nothing is given, or what mainnet is like; only what minichain has a setting for. */
export const PRESETS = {
  /** Hardhat 3's simulated network `default` of `hardhat node`. */
  hardhat: {
    chainId: '31337',
    accounts: '20',
    balance: '10000',
    mnemonic: TEST_JUNK,
    gasLimit: '60000000',
    baseFee: GWEI,
    hardfork: 'osaka',
    order: 'fees',
    coinbase: '0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e',
    onePerBlock: 'true',
    intervalUnit: 'milliseconds',
  },
  /** Anvil 1.7: EIP-7825's cap is off there, and a block takes 1000 transactions. */
  anvil: {
    chainId: '31337',
    accounts: '10',
    balance: '10000',
    mnemonic: TEST_JUNK,
    gasLimit: '30000000',
    baseFee: GWEI,
    hardfork: 'bpo1',
    order: 'fees',
    maxTransactions: '1000',
    disableTxGasCap: 'true',
    slotsInAnEpoch: '32',
  },
  /**
   * Ganache 7.9: other accounts with every start. Those of `ganache --deterministic` have the mnemonic
   * `myth like bonus scare over problem client lizard pioneer submit female collect`.
   */
  ganache: {
    chainId: '1337',
    accounts: '10',
    balance: '1000',
    mnemonicRandom: '12',
    gasLimit: '30000000',
    baseFee: GWEI,
    gasPrice: '2000000000',
    hardfork: 'shanghai',
    order: 'fees',
    onePerBlock: 'true',
  },
  /** Ethereum since the gas limit went to 60 million: a slot of 12 seconds, full blocks or empty, the best payers first. */
  mainnet: {
    chainId: '1',
    blockTime: '12',
    gasLimit: '60000000',
    hardfork: 'latest',
    order: 'fees',
    slotsInAnEpoch: '32',
  },
} as const satisfies Record<string, PresetSettings>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
