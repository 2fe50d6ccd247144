/** What the numbers of parameters count, by the parameter's name; an object's members say it themselves. */
const UNITS: Readonly<Record<string, string>> = {
  amount: 'wei, or the smallest part of a token',
  balance: 'wei',
  baseFeePerGas: 'wei per gas',
  blobBaseFee: 'wei per blob gas',
  block: '',
  blockCount: 'blocks',
  blockNumber: '',
  blocks: 'blocks',
  chainId: '',
  depth: 'blocks',
  endNumber: '',
  excessBlobGas: 'blob gas',
  filterId: '',
  gasLimit: 'gas',
  gasPrice: 'wei per gas',
  index: 'from 0',
  interval: 'seconds; a range in milliseconds',
  maxResults: 'accounts or slots',
  ms: 'milliseconds',
  nonce: '',
  options: '',
  pageNumber: 'from 0',
  pageSize: 'transactions',
  rate: 'hashes per second',
  requests: '',
  rewardPercentiles: 'percent, 0 to 100',
  seconds: 'seconds',
  slot: '',
  snapshotId: '',
  startNumber: '',
  storageKeys: '',
  subscription: '',
  threads: '',
  timeoutMs: 'milliseconds',
  timestamp: 'seconds since 1970',
  traceAddress: 'positions, from 0',
  transactionIndex: 'from 0',
  withdrawals: 'amounts in gwei',
};

/** Where a name counts something else. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'anvil_mine interval': 'seconds',
  'hardhat_mine interval': 'seconds',
  'anvil_addBalance amount': 'wei',
  'hardhat_addBalance amount': 'wei',
  'tenderly_addBalance amount': 'wei',
  'evm_setTime timestamp': 'seconds since 1970; from 10^12 on milliseconds',
  'anvil_setTime timestamp': 'seconds since 1970; from 10^12 on milliseconds',
};

const COUNTS = /NumberLike|Quantity|\bnumber\b/;

/**
 * What a parameter's numbers count; '' where they count nothing, or no number can be sent.
 * @throws when a number's unit is not known: it belongs into the table above.
 */
export function unitOf(method: string, name: string, type: string): string {
  if (!COUNTS.test(type)) return '';
  const unit = EXCEPTIONS[`${method} ${name}`] ?? UNITS[name];
  if (unit === undefined) throw new Error(`${method}: say in test/documentation/units.ts what "${name}" counts`);
  return unit;
}
