/** Stands for a field that one side does not have. */
export const ABSENT = Symbol('absent');

/** A difference to Anvil 1.7.1 that is meant, and why. The suite fails when it no longer occurs. */
export interface AllowedDifference {
  /** Where the difference would hide others if it were allowed everywhere. */
  readonly scenario?: RegExp;
  readonly method: RegExp;
  /** Pattern of the parameters' JSON; left out: any. */
  readonly params?: RegExp;
  /** Place in the reply; `error` when both refuse, `answer` when only one does. */
  readonly path: RegExp;
  /** What Anvil has there: a value, a pattern of its JSON, or nothing at all; left out: anything. */
  readonly anvil?: unknown;
  readonly minichain?: unknown;
  /** What the two values have to do with each other. */
  readonly when?: (anvil: unknown, minichain: unknown) => boolean;
  readonly reason: string;
}

const ANY = /./;
const BLOCKS = /^eth_getBlockBy|_mine_detailed$|^ots_getBlock/;
const RECEIPTS = /Receipt|TransactionSync$|^ots_search|^ots_getBlockTransactions$/;
const SENDS = /^eth_send/;
const RUNS = /^(eth_call|eth_estimateGas|eth_createAccessList)$/;

/** Both refuse. The words of geth begin the sentence, so that what matches geth's errors matches ours. */
const bothRefuse = (method: RegExp, anvil: RegExp, minichain: RegExp, reason: string): AllowedDifference => ({
  method,
  path: /^error$/,
  anvil,
  minichain,
  reason,
});

/** Only one of them refuses. */
const oneRefuses = (
  method: RegExp,
  params: RegExp | undefined,
  anvil: RegExp,
  minichain: RegExp,
  reason: string,
): AllowedDifference => ({
  method,
  ...(params === undefined ? {} : { params }),
  path: /^answer$/,
  anvil,
  minichain,
  reason,
});

const blocksAndReceipts: readonly AllowedDifference[] = [
  {
    method: BLOCKS,
    path: /\.totalDifficulty$/,
    anvil: '0x0',
    minichain: ABSENT,
    reason: 'execution-apis has dropped the field; after the merge it says nothing',
  },
  {
    method: BLOCKS,
    path: /\.size$/,
    when: (anvil, minichain) => Number(minichain) === Number(anvil) + 1,
    reason: 'Anvil forgets the byte of the empty list of withdrawals, which is part of the block since Shanghai',
  },
  {
    method: /^ots_search/,
    path: /\.(firstPage|lastPage)$/,
    anvil: false,
    minichain: true,
    reason: 'Anvil says that there is another page, which is empty, when the page ends where the transactions do',
  },
  {
    method: RECEIPTS,
    path: /\.blobGasPrice$/,
    minichain: ABSENT,
    reason: 'execution-apis has the field for blob transactions only',
  },
  {
    method: RECEIPTS,
    path: /(^result|\])\.blockTimestamp$/,
    anvil: /^\d+$/,
    minichain: ABSENT,
    reason: 'not a field of a receipt in execution-apis, and a JSON number at that',
  },
  {
    method: ANY,
    path: /\.blockTimestamp$/,
    anvil: ABSENT,
    minichain: null,
    reason: 'a transaction that waits has every field of its place, as null',
  },
  {
    method: /^eth_getTransactionBy(Hash|SenderAndNonce)$/,
    path: /^result\.gasPrice$/,
    anvil: '0x6fc23ac0',
    minichain: '0x174876e800',
    reason: 'what a waiting transaction will pay is not known yet: geth shows its cap, Anvil what it would pay now',
  },
  {
    method: /^eth_getBlockByNumber$/,
    params: /pending/,
    path: /^result\.(hash|miner|nonce|stateRoot|mixHash)$/,
    reason:
      "execution-apis: a pending block's hash, nonce and miner are null; Anvil's has no state root and another mixHash",
  },
];

const otterscan: readonly AllowedDifference[] = [
  {
    method: /^ots_traceTransaction$/,
    path: /^result\.length$/,
    reason: "Anvil leaves out what creates a contract; in Otterscan's description every message is there",
  },
  {
    method: /^ots_traceTransaction$/,
    path: /\.value$/,
    anvil: '0x0',
    minichain: null,
    reason: "Otterscan's description: a DELEGATECALL or STATICCALL has no value",
  },
  {
    method: /^ots_getInternalOperations$/,
    path: /^result\.length$/,
    anvil: 1,
    minichain: 0,
    reason: 'Anvil counts a plain transfer as an operation inside itself',
  },
  {
    method: /^ots_getBlockTransactions$/,
    path: /\.(logs|logsBloom)$/,
    minichain: null,
    reason: "Otterscan's description: a receipt in a list comes without its logs",
  },
  {
    method: /^ots_getBlockTransactions$/,
    path: /\.transactionCount$/,
    anvil: 0,
    minichain: 1,
    reason: 'Anvil counts those of the page, though it is the field by which pages are numbered',
  },
  {
    method: /^erigon_getHeaderByNumber$/,
    path: /\.(totalDifficulty|size|uncles|transactions|withdrawals)$/,
    minichain: ABSENT,
    reason: 'Anvil answers with a whole block; the method is named after the header',
  },
  oneRefuses(
    /^ots_(traceTransaction|getTransactionError)$/,
    undefined,
    /^result ("0x"|\[\])$/,
    /^-32000 transaction not found: /,
    'a transaction that is not there is not one without messages',
  ),
  bothRefuse(
    /^ots_getInternalOperations$/,
    /^-32603 Required data unavailable$/,
    /^-32000 transaction not found: /,
    'says what was not found',
  ),
  oneRefuses(
    /^ots_getBlock/,
    undefined,
    /^-32001 Resource not found$/,
    /^result null$/,
    'a block that is not there is null, as in all of execution-apis',
  ),
  bothRefuse(
    /^anvil_(reorg|rollback)$/,
    /^-32602 (Reorg|Rollback) depth must not exceed current chain height/,
    /^-32602 depth 100 is too large: at most \d+ blocks/,
    'names the most that is possible, which pruning can make less than the height',
  ),
  bothRefuse(
    /^anvil_dealERC20$/,
    /^-32603 Unable to set ERC20 balance, no slot found$/,
    /^-32000 unable to set it: no slot found/,
    'a code that clients do not try again',
  ),
  bothRefuse(
    /^eth_(getWork|submitWork|submitHashrate)$/,
    /^-32603 Not implemented$/,
    /^-32004 eth_\w+ is not supported since the Merge/,
    'says why, and with a code that clients do not try again',
  ),
];

const lookups: readonly AllowedDifference[] = [
  oneRefuses(
    /^eth_getBlockTransactionCountByNumber$|^eth_getUncle/,
    undefined,
    /^-32602 BlockOutOfRangeError|^-32001 Resource not found/,
    /^result null$/,
    'a block that is not there is null in execution-apis, not an error',
  ),
  bothRefuse(
    ANY,
    /^-32602 BlockOutOfRangeError/,
    /^-32001 block not found: number \d+; the latest block is \d+$/,
    'not found has a code of its own (-32001), as Anvil has for hashes',
  ),
  bothRefuse(ANY, /^-32001 Resource not found$/, /^-32001 block not found: /, 'says what was not found'),
  bothRefuse(
    /^eth_getLogs$/,
    /^-32602 BlockOutOfRangeError/,
    /^-32602 block range extends beyond current head block/,
    "geth's words",
  ),
  oneRefuses(
    /^eth_getLogs$/,
    /"toBlock":"0x/,
    /^result \[/,
    /^-32602 (invalid block range params|block range extends beyond current head block)/,
    'geth refuses a range that runs backwards or beyond the head',
  ),
  bothRefuse(
    /^eth_getLogs$/,
    /cannot specify both blockHash and fromBlock/,
    /cannot specify both BlockHash and FromBlock/,
    "geth's words",
  ),
  bothRefuse(/^eth_getLogs$/, /exceeded maximum topics len/, /exceed max topics/, "geth's words"),
  {
    method: /^eth_getLogs$/,
    params: /"topics":\[.*null\]/,
    path: /^result/,
    reason: 'geth: a filter with a place for a topic does not match a log that has none',
  },
  {
    method: /^eth_getProof$/,
    path: /^result\.storageProof\[\d\]\.proof\.length$/,
    anvil: 1,
    minichain: 0,
    reason: 'geth: an empty trie has no node to prove with',
  },
  {
    method: /^eth_getProof$/,
    params: /"(earliest|safe|finalized|0x0)"\]$/,
    path: /^result\.(balance|accountProof\.length)$/,
    reason:
      "balances were set over block 0, whose header commits to nobody: a proof leads to the header's root or proves nothing",
  },
  oneRefuses(
    /^eth_getBalance$/,
    /,1\]$/,
    /^-32602 invalid type: integer `1`, expected Block identifier/,
    /^result /,
    'Truffle and Otterscan send plain numbers',
  ),
  {
    method: /^eth_get(Account|AccountInfo|Proof)$/,
    params: /"pending"/,
    path: /^result/,
    reason: 'Anvil reads accounts of the pending state without those of the state below',
  },
];

const execution: readonly AllowedDifference[] = [
  {
    method: /^eth_call$/,
    params: /0x74e2b63c/,
    path: /^result$/,
    when: (anvil, minichain) => withoutWord(anvil, 2) === withoutWord(minichain, 2) && isZeroWord(minichain, 2),
    reason: "geth's NoBaseFee: a call without a price sees a base fee of zero",
  },
  {
    method: /^eth_call$/,
    params: /"number":"0x64"/,
    path: /^result$/,
    when: (anvil, minichain) => isZeroWord(minichain, 3) && withoutWord(anvil, 3) !== withoutWord(minichain, 3),
    reason:
      'a block that is yet to come has no hash, whatever number the call is told that it runs at; Anvil makes one up',
  },
  oneRefuses(
    /^eth_createAccessList$/,
    undefined,
    /^(3|-32603) (execution reverted|EVM error)/,
    /^result .*"error":/,
    "geth tells the list with the failure beside it, which is what a caller who looks for the failure's cause needs",
  ),
  bothRefuse(
    RUNS,
    /^-32603 EVM error \w+$/,
    /^-32003 EVM error \w+: .* \["0x"\]$/,
    'not -32603, which clients retry; the empty data is what matchers look for; no names of revm internals',
  ),
  bothRefuse(
    /^eth_estimateGas$/,
    /^-32003 Out of gas: gas required exceeds allowance: \d+$/,
    /^-32000 gas required exceeds allowance \(\d+\)$/,
    "geth's code and words",
  ),
  bothRefuse(
    RUNS,
    /^3 execution reverted: custom error 0x[0-9a-f]{8}/,
    /^3 execution reverted \["0x[0-9a-f]{8}/,
    'geth says no more than the bytes in `data`, from which every client decodes the error itself',
  ),
  bothRefuse(
    RUNS,
    /^3 execution reverted: panic: .* \(0x(01|32)\)/,
    /^3 execution reverted: panic: (assert\(false\)|out-of-bounds access of an array or bytesN) \(0x(01|32)\)/,
    "geth's words for Solidity's panics",
  ),
  bothRefuse(
    RUNS,
    /^-32003 Insufficient funds for gas \* price \+ value$/,
    /^-32000 insufficient funds for gas \* price \+ value: address 0x/,
    "geth's code and words, with the amounts",
  ),
  bothRefuse(RUNS, /^-32003 max initcode size exceeded$/, /^-32000 max initcode size exceeded: code size/, "geth's"),
  bothRefuse(
    RUNS,
    /^-32602 State override error: state and state_diff/,
    /^-32000 account 0x\w+ has both 'state' and 'stateDiff'$/,
    "geth's code and words",
  ),
  bothRefuse(
    RUNS,
    /^-32000 intrinsic gas too high -- (CallGasCost|GasFloor)MoreThanGasLimit$/,
    /^-32000 intrinsic gas too low: gas \d+, minimum needed \d+$/,
    'Anvil says high where it means low',
  ),
  oneRefuses(
    /^eth_estimateGas$/,
    /"gas":"0x5207"/,
    /^result "0x5208"$/,
    /^-32000 gas required exceeds allowance \(20999\)$/,
    'geth: the gas of the request is the most that an estimate may need',
  ),
  oneRefuses(
    RUNS,
    undefined,
    /^result "0x/,
    /^-32000 max fee per gas less than block base fee: /,
    'geth: a price below the base fee can never be mined, and a call that gives one is told so',
  ),
  bothRefuse(
    RUNS,
    /^-32602 Invalid input: `max_priority_fee_per_gas` greater than `max_fee_per_gas`$/,
    /^-32000 max priority fee per gas higher than max fee per gas/,
    "geth's code and words",
  ),
  oneRefuses(
    /^eth_createAccessList$/,
    /"(gasPrice|maxFeePerGas)":"0x1"/,
    /^result \{/,
    /^-32000 max fee per gas less than block base fee: /,
    'geth: refused as in eth_call',
  ),
  oneRefuses(
    /^eth_signTypedData$/,
    undefined,
    /^-32603 Not implemented$/,
    /^result "0x[0-9a-f]{130}"$/,
    "EIP-712's own name of the method",
  ),
  bothRefuse(
    /^eth_signTypedData_v3$/,
    /^-32603 Not implemented$/,
    /^-32602 .*arrays such as address\[\] need eth_signTypedData_v4$/,
    "MetaMask's older form has no arrays",
  ),
  oneRefuses(
    /^eth_createAccessList$/,
    /maxPriorityFeePerGas/,
    /^result /,
    /^-32000 max priority fee per gas higher than max fee per gas/,
    'no such transaction can be made',
  ),
  {
    method: /^eth_simulateV1$/,
    path: /^(result|answer|error)/,
    reason:
      'Anvil 1.7.1 simulates on the head itself, with hashes of zeros; the official transcripts hold us to the rule',
  },
];

const refusals: readonly AllowedDifference[] = [
  bothRefuse(
    SENDS,
    /^-32003 nonce too low$/,
    /^-32000 nonce too low: next nonce \d+, tx nonce \d+$/,
    "geth's code, and which nonce was expected",
  ),
  bothRefuse(
    SENDS,
    /^-32003 Insufficient funds for gas \* price \+ value$/,
    /^-32000 insufficient funds for gas \* price \+ value: address 0x/,
    "geth's code and words, with the amounts",
  ),
  bothRefuse(
    SENDS,
    /^-32000 intrinsic gas too low$/,
    /^-32000 intrinsic gas too low: gas \d+, minimum needed \d+$/,
    'says how much is needed',
  ),
  bothRefuse(
    SENDS,
    /^-32000 intrinsic gas too high -- tx\.gas_limit > env\.(block\.gas_limit|cfg\.tx_gas_limit_cap)$/,
    /^-32000 transaction gas limit too high: gas \d+, cap 16777216 \(EIP-7825/,
    "geth's words; the cap of EIP-7825 is the lower of the two limits",
  ),
  bothRefuse(
    SENDS,
    /^-32003 max fee per gas less than block base fee$/,
    /^-32000 max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: \d+$/,
    "geth's code, with the amounts",
  ),
  bothRefuse(
    SENDS,
    /^-32003 max priority fee per gas higher than max fee per gas$/,
    /^-32000 max priority fee per gas higher than max fee per gas: /,
    "geth's code, with the amounts",
  ),
  bothRefuse(
    SENDS,
    /^(-32003 invalid chain id for signer|-32602 transaction-provided chain ID \(1\) does not match.*)$/,
    /^-32000 invalid chain id for signer: have 1 want 31337$/,
    "geth's code and words, with both ids",
  ),
  bothRefuse(
    SENDS,
    /^-32003 max initcode size exceeded$/,
    /^-32000 max initcode size exceeded: code size 49153, limit 49152$/,
    "geth's code, with the amounts",
  ),
  bothRefuse(
    SENDS,
    /^-32602 (Empty transaction data|Failed to decode transaction)$/,
    /^-32000 (failed to decode transaction: |transaction type not valid in this context: )/,
    'the parameter is hex as it should be; what it holds is no transaction, and why is said',
  ),
  bothRefuse(
    /^eth_(send|sign)/,
    /^-32602 No Signer available$/,
    /^-32003 unknown account 0x/,
    'says which account, and what to do',
  ),
  bothRefuse(SENDS, /^-32003 transaction already imported$/, /^-32000 already known: 0x/, "geth's code and words"),
  bothRefuse(
    SENDS,
    /^-32003 replacement transaction underpriced$/,
    /^-32000 replacement transaction underpriced: needs at least \d+ wei per gas, got \d+$/,
    "geth's code, and what it takes",
  ),
  oneRefuses(
    SENDS,
    undefined,
    /^result "0x/,
    /^-32000 replacement transaction underpriced: needs at least 110000000000/,
    "geth's pool wants 10 % more, Anvil one wei",
  ),
  oneRefuses(
    SENDS,
    undefined,
    /^result "0x/,
    /^-32000 contract creation without any data provided$/,
    'geth refuses what is nearly always a forgotten "to"',
  ),
  oneRefuses(
    SENDS,
    /"type":"0x9"/,
    /^result "0x/,
    /^-32000 transaction type not valid in this context: type 9 under osaka$/,
    'there is no type 9; Anvil sends another type than was asked for',
  ),
];

const traces: readonly AllowedDifference[] = [
  {
    method: /^debug_trace/,
    params: /callTracer/,
    path: /^result(\[\d+\]\.result)?\.gas$/,
    when: (anvil, minichain) => Number(minichain) > Number(anvil),
    reason: "geth: the gas of the top call is the transaction's, Anvil leaves the intrinsic gas out",
  },
  {
    method: /^debug_trace/,
    params: /prestateTracer/,
    path: /\.codeHash$/,
    anvil: ABSENT,
    reason: 'geth tells the hash of the code, too',
  },
  {
    method: /^debug_trace/,
    params: /prestateTracer/,
    path: /^result\.0x\w{40}$/,
    anvil: /^\{"balance":"0x0"/,
    minichain: ABSENT,
    reason: 'geth: a contract that the transaction makes has no state before it',
  },
  {
    method: /^debug_trace/,
    path: /\.structLogs\[\d+\]\.refund$/,
    anvil: 0,
    minichain: ABSENT,
    reason: 'geth leaves a refund of nothing out',
  },
  {
    method: /^debug_trace/,
    path: /\.structLogs\[\d+\]\.returnData$/,
    anvil: '0x',
    minichain: ABSENT,
    reason: 'geth leaves empty return data out',
  },
  {
    method: /^debug_trace/,
    path: /\.structLogs\[\d+\]\.error$/,
    anvil: 'Some(InvalidFEOpcode)',
    minichain: 'invalid opcode',
    reason: "Rust's Debug is no message",
  },
  oneRefuses(
    /^debug_traceTransaction$/,
    undefined,
    /^result \{"failed":false,"gas":0/,
    /^-32000 transaction not found: /,
    'a transaction that nobody has cannot be traced; Anvil shows one that did nothing',
  ),
  oneRefuses(
    /^trace_transaction$/,
    undefined,
    /^result \[\]$/,
    /^-32000 transaction not found: /,
    'a transaction that nobody has did not do nothing',
  ),
  oneRefuses(
    /^anvil_impersonateSignature$/,
    undefined,
    /^-32602 /,
    /^result null$/,
    'Anvil wants the two parameters in a list of their own inside the list of parameters',
  ),
  oneRefuses(
    /^debug_dbGet$/,
    undefined,
    /^-32602 invalid type: sequence, expected a string$/,
    /^result "0x/,
    'Anvil wants a string in the place of the list of parameters, which no client sends',
  ),
  oneRefuses(/^debug_traceBlockByNumber$/, undefined, /^result \[\]$/, /^-32000 genesis is not traceable$/, "geth's"),
  bothRefuse(
    /^debug_traceBlock/,
    /^-32001 Resource not found$/,
    /^-32000 block (#\d+|0x\w+) not found$/,
    "geth's code and words",
  ),
];

const toolAnswers: readonly AllowedDifference[] = [
  {
    method: /^(hardhat|evm)_/,
    path: /^result$/,
    anvil: null,
    minichain: true,
    reason: 'methods that Hardhat defines answer as Hardhat does, which its tools check',
  },
  { method: /^evm_mine$/, path: /^result$/, anvil: '0x0', minichain: '0', reason: "Hardhat's answer" },
  {
    method: /^evm_setNextBlockTimestamp$/,
    path: /^result$/,
    anvil: null,
    minichain: /^\d+$/,
    reason: 'Hardhat answers with the timestamp, in decimal',
  },
  {
    method: /^hardhat_dropTransaction$/,
    path: /^result$/,
    anvil: /^0x/,
    minichain: true,
    reason: 'Hardhat answers whether it was there',
  },
  oneRefuses(
    /^hardhat_dropTransaction$/,
    undefined,
    /^result null$/,
    /^-32602 .*cannot be dropped because it's already mined$/,
    "Hardhat's",
  ),
  {
    method: /^anvil_getAutomine$/,
    path: /^result$/,
    anvil: false,
    minichain: true,
    reason: 'automine and an interval are two settings, as in Hardhat: the end of one does not end the other',
  },
  bothRefuse(
    /^evm_setNextBlockTimestamp$/,
    /^-32602 Timestamp error: 1 is lower than previous block's timestamp$/,
    /^-32000 timestamp 1 is not after the previous block's timestamp \d+$/,
    'the parameter is a timestamp, only not one that can be',
  ),
  oneRefuses(
    /^evm_setNextBlockTimestamp$/,
    undefined,
    /^result null$/,
    /^-32000 timestamp (\d+) is not after the previous block's timestamp \1; equal ones are /,
    'a block after its parent: Ethereum has no two at one time',
  ),
  bothRefuse(
    /_setMinGasPrice$/,
    /is not supported when EIP-1559 is active$/,
    /^-32000 a minimum gas price has no meaning once EIP-1559 is active; set the next base fee instead$/,
    'says what to do',
  ),
  oneRefuses(
    /^anvil_setRpcUrl$/,
    undefined,
    /^result null$/,
    /^-32004 this node does not fork another chain/,
    'Anvil nods to what it does not do',
  ),
  {
    scenario: /^reset$/,
    method: /^eth_getBlockByNumber$/,
    params: /"0x0"/,
    path: /^result\.baseFeePerGas$/,
    minichain: '0x3b9aca00',
    reason: 'after a reset the genesis is what it was; Anvil carries the last base fee into it',
  },
  {
    method: /^order$/,
    path: /^result\[[01]\]$/,
    reason: 'by what the producer earns (effective tip), as geth orders; Anvil by what the sender would pay at most',
  },
];

const filters: readonly AllowedDifference[] = [
  bothRefuse(
    /^eth_getFilterLogs$/,
    /^-32000 filter not found$/,
    /^-32000 filter not found: it is not a log filter$/,
    'says why',
  ),
  {
    method: /^eth_subscribe$/,
    params: /newHeads/,
    path: /^result\[\d\]\.(totalDifficulty|size|uncles|transactions|withdrawals)$/,
    minichain: ABSENT,
    reason: 'execution-apis: a head is a header, not a block',
  },
  oneRefuses(
    /^eth_unsubscribe$/,
    undefined,
    /^result false$/,
    /^-32000 subscription not found$/,
    "geth's: there is no such subscription",
  ),
];

const feeMarket: readonly AllowedDifference[] = [
  {
    method: /^eth_feeHistory$/,
    path: /^result\.reward$/,
    anvil: [],
    minichain: ABSENT,
    reason: 'geth leaves rewards out that were not asked for',
  },
  {
    method: /^eth_feeHistory$/,
    params: /"(0x3|earliest)",/,
    path: /^result\.baseFeePerGas\[[12]\]$/,
    reason: "the last entry is the base fee of the block after the range; Anvil has the next block's in its place",
  },
  {
    method: /^eth_feeHistory$/,
    params: /^\["0x0"/,
    path: /^result\./,
    reason: 'no block was asked for; Anvil answers for one',
  },
  {
    method: /^eth_feeHistory$/,
    params: /"pending"/,
    path: /^result\./,
    reason: 'the newest block is the pending one; Anvil takes the latest for it',
  },
  oneRefuses(
    /^eth_feeHistory$/,
    /"0xffff"/,
    /^result \{/,
    /^-32001 block not found: number 65535; the latest block is \d+$/,
    'there is no such block; Anvil makes up a range that ends in it',
  ),
  oneRefuses(
    /^eth_feeHistory$/,
    /\[101\]|\[50,10\]/,
    /^result \{/,
    /^-32000 invalid reward percentile: /,
    'execution-apis: percentiles ascend, from 0 to 100',
  ),
  {
    method: /^eth_fillTransaction$/,
    path: /^result\.(raw|tx\.(maxFeePerGas|gasPrice|hash))$/,
    reason: "geth's: the cap leaves room for the base fee to double; Anvil's bears no rise at all",
  },
  {
    method: /^eth_signTransaction$/,
    path: /^result$/,
    anvil: /^0x/,
    minichain: /^\{"raw":"0x.*"tx":\{/,
    reason: 'execution-apis: an object with both forms',
  },
];

const identity: readonly AllowedDifference[] = [
  {
    method: /^(web3_clientVersion|(anvil|hardhat)_metadata)$/,
    path: /^result(\.(clientVersion|clientSemver|clientCommitSha|instanceId))?$/,
    reason: 'each is itself',
  },
  {
    method: /^hardhat_metadata$/,
    path: /^result\.(forkedNetwork|snapshots)$/,
    minichain: ABSENT,
    reason: "Hardhat's shape",
  },
  {
    method: /^eth_protocolVersion$/,
    path: /^result$/,
    anvil: 1,
    minichain: '0x44',
    reason: 'execution-apis: a string; eth/68 is the protocol of the day',
  },
  {
    method: /^eth_config$/,
    path: /^result\.current\.forkId$/,
    anvil: '0x00000000',
    reason: "EIP-6122's checksum, where Anvil has zeros",
  },
  {
    method: /^anvil_nodeInfo$/,
    path: /^result\.hardFork$/,
    anvil: 'Osaka',
    minichain: 'osaka',
    reason: 'the name that --hardfork takes',
  },
  oneRefuses(
    /^(eth_mining|net_peerCount|rpc_modules)$/,
    undefined,
    /^-32601 Method not found$/,
    /^result /,
    'methods of geth that Anvil does not have',
  ),
];

const genesis: readonly AllowedDifference[] = [
  {
    scenario: /^defaults$/,
    method: /^eth_getBlockByNumber$/,
    params: /"0x0"/,
    path: /^result\.(hash|stateRoot)$/,
    reason: 'Anvil claims an empty state in the header of block 0, whatever is in it',
  },
  {
    scenario: /^defaults$/,
    method: /^eth_getBlockByNumber$/,
    params: /"0x1"/,
    path: /^result\.(hash|parentHash|stateRoot|mixHash)$/,
    reason: 'what follows from another genesis',
  },
  {
    scenario: /^defaults$/,
    method: /^(eth_getBlockByNumber|eth_feeHistory|eth_gasPrice)$/,
    path: /^result(\.baseFeePerGas(\[1\])?)?$/,
    when: (anvil, minichain) => Number(anvil) > Number(minichain),
    reason: 'EIP-1559 lowers the base fee after an empty genesis; Anvil gives its first block the fee of block 0 again',
  },
  {
    scenario: /^defaults$/,
    method: /^eth_getCode$/,
    params: /beac02|7002|7251/,
    path: /^result$/,
    anvil: '0x',
    reason: 'the contracts of EIP-4788, 7002 and 7251 are where the fork expects them',
  },
  {
    scenario: /^defaults$/,
    method: /^eth_getTransactionCount$/,
    path: /^result$/,
    anvil: '0x0',
    minichain: '0x1',
    reason: 'a contract has a nonce of 1 (EIP-161), as these have on every network',
  },
];

/** Where Anvil's tries hold what is no longer there, its roots are wrong, and with them all later hashes. */
const anvilRoots: readonly AllowedDifference[] = [
  {
    scenario: /^(erasures|reverting sessions|replay of .*)$/,
    method: /^eth_getBlockByNumber$/,
    path: /^result\.stateRoot$/,
    reason: 'Anvil keeps slots of zero in the storage trie and touched empty accounts in the state trie (EIP-161)',
  },
  {
    scenario: /^(erasures|reverting sessions)$/,
    method: /^eth_getBlockByNumber$/,
    path: /^result\.receiptsRoot$/,
    reason: "a log holds the parent's hash, which follows from a state root",
  },
  {
    scenario: /^reset$/,
    method: /^eth_getBlockByNumber$/,
    path: /^result\.stateRoot$/,
    reason: "Anvil's reset leaves emptied accounts in its trie",
  },
  {
    scenario: /^blobs$/,
    method: /^eth_getBlockByNumber$/,
    path: /^result\.(transactionsRoot|size)$/,
    reason: 'Anvil hashes the sidecar into the transactions root (EIP-4844 keeps it out of the block)',
  },
  {
    scenario: /^blobs$/,
    method: /^eth_get(BlockByNumber|TransactionBy)/,
    path: /\.(blobs|commitments|cellProofs)$/,
    minichain: ABSENT,
    reason: 'execution-apis: a sidecar is no part of the transaction object',
  },
  {
    scenario: /^blobs$/,
    method: /RawTransaction/,
    path: /^result$/,
    when: (anvil, minichain) => String(anvil).length > 200_000 && String(minichain).length < 1000,
    reason: 'the form that stands in the block has no sidecar',
  },
  {
    scenario: /^impersonation$/,
    method: /^eth_getBlockByNumber$/,
    path: /^result\.(transactions\[0\]\.[rs]|transactionsRoot|size|stateRoot)$/,
    reason: "a made-up signature names its sender, so that two senders' equal transactions have two hashes",
  },
];

const parameters: readonly AllowedDifference[] = [
  bothRefuse(
    SENDS,
    /^-32000 intrinsic gas too high -- tx\.gas_limit > env\.cfg\.tx_gas_limit_cap$/,
    /^3 execution reverted/,
    'no gas makes it succeed, and the sender is told why; Anvil would send it with the gas of a whole block to its failure',
  ),
  oneRefuses(
    /^eth_getBlockByNumber$/,
    /^\["latest"\]$/,
    /^-32602 /,
    /^result /,
    'whether the transactions are wanted whole can be left out, as in geth',
  ),
  oneRefuses(
    RUNS,
    /"unknown":true/,
    /^result /,
    /^-32602 params\[0\] \(transaction\): unknown field "unknown"/,
    'a misspelt field that is passed over makes another transaction than was meant',
  ),
  bothRefuse(
    ANY,
    /^-32602 /,
    /^-32602 (params\[\d\]|missing value for required argument \d|too many arguments|non-array args|expected)/,
    'names the parameter and what was expected, where Anvil shows what its parser felt',
  ),
  bothRefuse(
    ANY,
    /^-32601 Method not found$/,
    /^-32601 (the method \w+ does not exist\/is not available|notifications not supported)/,
    "geth's words",
  ),
];
/** The n-th 32-byte word of returned data. */
const wordAt = (value: unknown, index: number): string => String(value).slice(2 + 64 * index, 2 + 64 * (index + 1));
const isZeroWord = (value: unknown, index: number): boolean => /^0{64}$/.test(wordAt(value, index));
const withoutWord = (value: unknown, index: number): string => String(value).replace(wordAt(value, index), '');

export const allowed: readonly AllowedDifference[] = [
  ...blocksAndReceipts,
  ...otterscan,
  ...lookups,
  ...execution,
  ...refusals,
  ...traces,
  ...toolAnswers,
  ...filters,
  ...feeMarket,
  ...identity,
  ...genesis,
  ...anvilRoots,
  ...parameters,
];
