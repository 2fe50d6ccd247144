/**
 * The methods of the other dev chains and of the clients whose namespaces we serve, by where the names come from. Counted in
 * `test/peerMethods.test.ts`, so that a name which slips out of a list is noticed.
 */
const names = (namespace: string, suffixes: string): readonly string[] =>
  suffixes.split(/\s+/).flatMap((suffix) => (suffix === '' ? [] : [`${namespace}_${suffix}`]));

/** Anvil 1.7.1 (foundry commit 4072e48705): every name of its `EthRequest`, aliases included. */
const ANVIL = [
  ...names(
    'anvil',
    `addBalance autoImpersonateAccount dealERC20 dropAllTransactions dropTransaction dumpState getAutomine getBlobByHash
    getBlobsByTransactionHash getGenesisTime getIntervalMining impersonateAccount impersonateSignature increaseTime
    loadState metadata mine mine_detailed nodeInfo removeBlockTimestampInterval removePoolTransactions reorg reset revert
    rollback setAutomine setBalance setBlockGasLimit setBlockTimestampInterval setChainId setCode setCoinbase
    setERC20Allowance setERC20Balance setFeeAmmLiquidity setFeeToken setIntervalMining setLoggingEnabled setMinGasPrice
    setNextBlockBaseFeePerGas setNextBlockTimestamp setNonce setRpcUrl setStorageAt setTime setValidatorFeeToken snapshot
    stopImpersonatingAccount`,
  ),
  ...names(
    'debug',
    'codeByHash dbGet getRawTransaction traceBlockByHash traceBlockByNumber traceCall traceTransaction',
  ),
  'erigon_getHeaderByNumber',
  ...names(
    'eth',
    `accounts blobBaseFee blockNumber call chainId coinbase config createAccessList estimateGas feeHistory fillTransaction
    gasPrice getAccount getAccountInfo getBalance getBlockByHash getBlockByNumber getBlockReceipts
    getBlockTransactionCountByHash getBlockTransactionCountByNumber getCode getFilterChanges getFilterLogs getLogs getProof
    getRawTransactionByBlockHashAndIndex getRawTransactionByBlockNumberAndIndex getRawTransactionByHash getStorageAt
    getStorageValues getTransactionByBlockHashAndIndex getTransactionByBlockNumberAndIndex getTransactionByHash
    getTransactionBySenderAndNonce getTransactionCount getTransactionReceipt getUncleByBlockHashAndIndex
    getUncleByBlockNumberAndIndex getUncleCountByBlockHash getUncleCountByBlockNumber getWork hashrate maxPriorityFeePerGas
    networkId newBlockFilter newFilter newPendingTransactionFilter protocolVersion requestAccounts sendRawTransaction
    sendRawTransactionSync sendTransaction sendTransactionSync sendUnsignedTransaction sign signTransaction signTypedData
    signTypedData_v3 signTypedData_v4 simulateV1 submitHashrate submitWork subscribe syncing uninstallFilter unsubscribe`,
  ),
  ...names(
    'evm',
    `increaseTime mine mine_detailed revert setAccountNonce setAutomine setBlockGasLimit setIntervalMining
    setNextBlockTimestamp setTime snapshot`,
  ),
  ...names(
    'hardhat',
    `addBalance autoImpersonateAccount dealERC20 dropAllTransactions dropTransaction dumpState getAutomine
    impersonateAccount loadState metadata mine reset setBalance setCode setCoinbase setLoggingEnabled setMinGasPrice
    setNextBlockBaseFeePerGas setNonce setStorageAt stopImpersonatingAccount`,
  ),
  ...names('net', 'listening version'),
  ...names(
    'ots',
    `getApiLevel getBlockDetails getBlockDetailsByHash getBlockTransactions getContractCreator getInternalOperations
    getTransactionBySenderAndNonce getTransactionError hasCode searchTransactionsAfter searchTransactionsBefore
    traceTransaction`,
  ),
  'personal_sign',
  ...names('tenderly', 'addBalance setBalance'),
  ...names('trace', 'block filter replayBlockTransactions transaction'),
  ...names('txpool', 'content inspect status'),
  ...names('web3', 'clientVersion sha3'),
];

/** What foundry's main branch of 2026-08-22 (1.8.0) has beyond 1.7.1. */
const NEXT_ANVIL = [
  ...names(
    'eth',
    `baseFee pendingTransactions resend getHeaderByHash getHeaderByNumber callMany callBundle sendRawTransactionConditional
    getBlockAccessList getBlockAccessListByBlockHash getBlockAccessListByBlockNumber getBlockAccessListRaw
    signRawTransaction`,
  ),
  'txpool_contentFrom',
  ...names(
    'debug',
    `getRawHeader getRawBlock getRawReceipts getRawTransactions clearTxpool traceBlock accountInfoAt executionWitness
    getModifiedAccountsByNumber freeOSMemory`,
  ),
  ...names('trace', 'call callMany rawTransaction replayTransaction get transactionOpcodeGas blockOpcodeGas'),
  ...names('anvil', 'setNextBlockPrevRandao getLastBlockWallTime classifyTransaction dealTIP20'),
];

/** Hardhat 3.18.0 (EDR 0.22.0). */
const HARDHAT_3 = [
  ...names(
    'eth',
    `accounts blobBaseFee blockNumber chainId syncing gasPrice maxPriorityFeePerGas coinbase call estimateGas feeHistory
    getBalance getCode getTransactionCount getStorageAt getProof getBlockByNumber getBlockByHash
    getBlockTransactionCountByHash getBlockTransactionCountByNumber getTransactionByHash getTransactionByBlockHashAndIndex
    getTransactionByBlockNumberAndIndex getTransactionReceipt pendingTransactions sendTransaction sendRawTransaction sign
    signTypedData_v4 newFilter newBlockFilter newPendingTransactionFilter uninstallFilter getFilterChanges getFilterLogs
    getLogs subscribe unsubscribe`,
  ),
  'net_version',
  'personal_sign',
  ...names('web3', 'clientVersion sha3'),
  ...names('debug', 'traceTransaction traceCall'),
  ...names(
    'evm',
    'increaseTime setNextBlockTimestamp mine snapshot revert setAutomine setIntervalMining setBlockGasLimit',
  ),
  ...names(
    'hardhat',
    `mine getAutomine setLoggingEnabled setCoinbase setBalance setCode setStorageAt setNonce setPrevRandao
    setNextBlockBaseFeePerGas setMinGasPrice impersonateAccount stopImpersonatingAccount dropTransaction metadata`,
  ),
];

/** Hardhat 2.29.1: all of Hardhat 3's, and these. */
const HARDHAT_2 = [
  ...HARDHAT_3,
  'eth_mining',
  ...names('net', 'listening peerCount'),
  ...names('hardhat', 'reset addCompilationResult getStackTraceFailuresCount'),
];

/** Ganache 7.9.2: every method of its API, without the stubs of Swarm, Whisper and LevelDB (`bzz`, `shh`, `db`). */
const GANACHE = [
  ...names('debug', 'storageRangeAt traceTransaction'),
  ...names(
    'eth',
    `accounts blockNumber call chainId coinbase estimateGas feeHistory gasPrice getBalance getBlockByHash getBlockByNumber
    getBlockTransactionCountByHash getBlockTransactionCountByNumber getCode getCompilers getFilterChanges getFilterLogs
    getLogs getProof getStorageAt getTransactionByBlockHashAndIndex getTransactionByBlockNumberAndIndex
    getTransactionByHash getTransactionCount getTransactionReceipt getUncleByBlockHashAndIndex
    getUncleByBlockNumberAndIndex getUncleCountByBlockHash getUncleCountByBlockNumber getWork hashrate
    maxPriorityFeePerGas mining newBlockFilter newFilter newPendingTransactionFilter protocolVersion sendRawTransaction
    sendTransaction sign signTransaction signTypedData signTypedData_v4 submitHashrate submitWork subscribe syncing
    uninstallFilter unsubscribe`,
  ),
  ...names(
    'evm',
    `addAccount increaseTime mine removeAccount revert setAccountBalance setAccountCode setAccountNonce setAccountStorageAt
    setTime snapshot`,
  ),
  ...names('miner', 'setEtherbase setExtra setGasPrice start stop'),
  ...names('net', 'listening peerCount version'),
  ...names(
    'personal',
    'importRawKey listAccounts lockAccount newAccount sendTransaction signTransaction unlockAccount',
  ),
  'rpc_modules',
  'txpool_content',
  ...names('web3', 'clientVersion sha3'),
];

/** Otterscan's own API, level 8. */
const OTTERSCAN = names(
  'ots',
  `getApiLevel getInternalOperations hasCode traceTransaction getTransactionError getBlockDetails getBlockDetailsByHash
  getBlockTransactions searchTransactionsBefore searchTransactionsAfter getTransactionBySenderAndNonce getContractCreator`,
);

/** geth 1.16: `eth/api_debug.go`, `eth/tracers/api.go`, `eth/filters`, `internal/ethapi` and `internal/debug`. */
const GETH = [
  ...names(
    'eth',
    `accounts blobBaseFee blockNumber call chainId config createAccessList estimateGas feeHistory fillTransaction gasPrice
    getBalance getBlockByHash getBlockByNumber getBlockReceipts getBlockTransactionCountByHash
    getBlockTransactionCountByNumber getCode getFilterChanges getFilterLogs getHeaderByHash getHeaderByNumber getLogs
    getProof getRawTransactionByBlockHashAndIndex getRawTransactionByBlockNumberAndIndex getRawTransactionByHash
    getStorageAt getTransactionByBlockHashAndIndex getTransactionByBlockNumberAndIndex getTransactionByHash
    getTransactionCount getTransactionReceipt getUncleByBlockHashAndIndex getUncleByBlockNumberAndIndex
    getUncleCountByBlockHash getUncleCountByBlockNumber maxPriorityFeePerGas newBlockFilter newFilter
    newPendingTransactionFilter pendingTransactions resend sendRawTransaction sendRawTransactionSync sendTransaction sign
    signTransaction simulateV1 subscribe syncing uninstallFilter unsubscribe`,
  ),
  ...names('miner', 'setExtra setGasPrice'),
  ...names('net', 'listening peerCount version'),
  'rpc_modules',
  ...names('txpool', 'content contentFrom inspect status'),
  ...names('web3', 'clientVersion sha3'),
  ...names(
    'debug',
    `accountRange chaindbCompact chaindbProperty dbAncient dbAncients dbGet dumpBlock executionWitness executionWitnessByHash
  getAccessibleState getBadBlocks getModifiedAccountsByHash getModifiedAccountsByNumber getRawBlock getRawHeader
  getRawReceipts getRawTransaction getTrieFlushInterval intermediateRoots preimage printBlock setHead
  setTrieFlushInterval standardTraceBadBlockToFile standardTraceBlockToFile storageRangeAt traceBadBlock traceBlock
  traceBlockByHash traceBlockByNumber traceBlockFromFile traceCall traceChain traceTransaction
  blockProfile cpuProfile freeOSMemory gcStats goTrace memStats mutexProfile setBlockProfileRate setGCPercent
  setMemoryLimit setMutexProfileFraction stacks startCPUProfile startGoTrace stopCPUProfile stopGoTrace verbosity vmodule
  writeBlockProfile writeMemProfile writeMutexProfile`,
  ),
];

/** OpenEthereum 3.3: its `trace` module. */
const OPENETHEREUM_TRACE = names(
  'trace',
  'block call callMany filter get rawTransaction replayBlockTransactions replayTransaction transaction',
);

export const PEERS = {
  'Anvil 1.7.1': ANVIL,
  'the next Anvil': NEXT_ANVIL,
  'Hardhat 2': HARDHAT_2,
  'Hardhat 3': HARDHAT_3,
  Ganache: GANACHE,
  Otterscan: OTTERSCAN,
  geth: GETH,
  OpenEthereum: OPENETHEREUM_TRACE,
} as const;

/** Names that this node leaves out on purpose, by the reason. */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'of the networks Tempo, Optimism and Celo': [
    ...names('anvil', 'setFeeAmmLiquidity setFeeToken setValidatorFeeToken dealTIP20 classifyTransaction'),
    'eth_signRawTransaction',
  ],
  'of the Go runtime: profiles, traces and limits of another process than this': names(
    'debug',
    `blockProfile cpuProfile gcStats goTrace memStats mutexProfile setBlockProfileRate setGCPercent setMemoryLimit
    setMutexProfileFraction stacks startCPUProfile startGoTrace stopCPUProfile stopGoTrace verbosity vmodule
    writeBlockProfile writeMemProfile writeMutexProfile`,
  ),
  "of geth's own database and of files on the machine of the node": names(
    'debug',
    `dbAncient dbAncients getTrieFlushInterval setTrieFlushInterval standardTraceBadBlockToFile
    standardTraceBlockToFile traceBlockFromFile`,
  ),
};

/** Names that are still to come; each goes from here with the change that answers it. */
export const OUTSTANDING: readonly string[] = [
  ...names('debug', 'traceChain'),
  ...names('hardhat', 'addCompilationResult'),
];
