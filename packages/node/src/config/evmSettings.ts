import { DEFAULT_ENGINE, ENGINES } from '@minichain/core';
import { bigInteger, oneOf, type Parser, wholeNumber, yesNo } from './parsers.ts';
import { define } from './setting.ts';

const WORD64 = 2n ** 64n - 1n;

const bytes = wholeNumber({ min: 1 });
/** Or `none`, without a limit. */
const bytesOrNone: Parser<number> = Object.assign(
  (text: string) => (text === 'none' ? Number.POSITIVE_INFINITY : bytes(text)),
  { schema: { type: ['integer', 'string'], minimum: 1, pattern: '^([0-9]+|none)$' } as const },
);

/** Gas, fees and limits. Flags keep Anvil's names where they mean the same. */
export const EVM_SETTINGS = {
  engine: define({
    flag: '--engine <name>',
    env: 'ENGINE',
    parse: oneOf(...ENGINES),
    help: 'what runs transactions: ethereumjs, core (our own, in WebAssembly), jit (the core, with code that runs often compiled), or verify (the first and the last; any difference is an error)',
    group: 'EVM',
    shownDefault: DEFAULT_ENGINE,
  }),
  gasLimit: define({
    flag: '--gas-limit <gas>',
    env: 'GAS_LIMIT',
    // From the smallest a header may have to geth's largest.
    parse: bigInteger({ min: 5000n, max: 2n ** 63n - 1n }),
    help: 'block gas limit',
    group: 'EVM',
    shownDefault: '30000000',
  }),
  disableBlockGasLimit: define({
    flag: '--disable-block-gas-limit',
    env: 'DISABLE_BLOCK_GAS_LIMIT',
    parse: yesNo,
    help: 'blocks of any size (a gas limit of 2^63 - 1)',
    group: 'EVM',
  }),
  disableTxGasCap: define({
    flag: '--disable-tx-gas-cap',
    env: 'DISABLE_TX_GAS_CAP',
    parse: yesNo,
    help: 'transactions above 2^24 gas (EIP-7825 off)',
    group: 'EVM',
  }),
  enableTxGasLimit: define({
    flag: '--enable-tx-gas-limit',
    env: 'ENABLE_TX_GAS_LIMIT',
    parse: yesNo,
    help: 'EIP-7825, which holds unless switched off',
    group: 'EVM',
    isHidden: true,
  }),
  baseFee: define({
    flag: '--base-fee <wei>',
    env: 'BASE_FEE',
    parse: bigInteger({ max: WORD64 }),
    help: 'base fee of the genesis block',
    group: 'EVM',
    shownDefault: '1000000000',
    aliases: ['--block-base-fee-per-gas <wei>'],
  }),
  gasPrice: define({
    flag: '--gas-price <wei>',
    env: 'GAS_PRICE',
    parse: bigInteger({ max: WORD64 }),
    help: 'what eth_gasPrice answers',
    group: 'EVM',
    shownDefault: 'next base fee plus priority fee',
    hot: true,
  }),
  priorityFee: define({
    flag: '--priority-fee <wei>',
    env: 'PRIORITY_FEE',
    parse: bigInteger({ max: WORD64 }),
    help: 'what eth_maxPriorityFeePerGas suggests',
    group: 'EVM',
    shownDefault: '1000000000',
  }),
  disableMinPriorityFee: define({
    flag: '--disable-min-priority-fee',
    env: 'DISABLE_MIN_PRIORITY_FEE',
    parse: yesNo,
    help: 'suggest a priority fee of 0 instead of 1 gwei',
    group: 'EVM',
  }),
  disablePoolBalanceChecks: define({
    flag: '--disable-pool-balance-checks',
    env: 'DISABLE_POOL_BALANCE_CHECKS',
    parse: yesNo,
    help: 'take transactions whose sender cannot pay yet; they are dropped when mined unpaid',
    group: 'EVM',
  }),
  strictNonce: define({
    flag: '--strict-nonce',
    env: 'STRICT_NONCE',
    parse: yesNo,
    help: 'refuse a nonce that leaves a gap where transactions are mined at once, as Hardhat; else it waits',
    group: 'EVM',
  }),
  codeSizeLimit: define({
    flag: '--code-size-limit <bytes>',
    env: 'CODE_SIZE_LIMIT',
    parse: wholeNumber({ min: 1 }),
    help: 'largest contract (EIP-170)',
    group: 'EVM',
    shownDefault: '24576',
  }),
  disableCodeSizeLimit: define({
    flag: '--disable-code-size-limit',
    env: 'DISABLE_CODE_SIZE_LIMIT',
    parse: yesNo,
    help: 'contracts of any size',
    group: 'EVM',
  }),
  initCodeSizeLimit: define({
    flag: '--init-code-size-limit <bytes>',
    env: 'INIT_CODE_SIZE_LIMIT',
    parse: bytesOrNone,
    help: 'largest code that creates a contract (EIP-3860); none for any',
    group: 'EVM',
    shownDefault: 'twice the size of a contract',
  }),
  stepsTracing: define({
    flag: '--steps-tracing',
    env: 'STEPS_TRACING',
    parse: yesNo,
    help: 'debug_traceTransaction, which always works',
    group: 'EVM',
    isHidden: true,
  }),
};
