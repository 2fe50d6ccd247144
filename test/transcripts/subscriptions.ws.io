# The reply that tells the id comes before the first notification.
>> {"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["syncing"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x…"}
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":false}}

# So does the reply to what causes one.
>> {"jsonrpc":"2.0","id":2,"method":"eth_subscribe","params":["newHeads"]}
<< {"jsonrpc":"2.0","id":2,"result":"0x…"}
>> {"jsonrpc":"2.0","id":3,"method":"evm_mine"}
<< {"jsonrpc":"2.0","id":3,"result":"0"}
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":{…"number":"0x1"…}}}
>> [{"jsonrpc":"2.0","id":4,"method":"evm_mine"},{"jsonrpc":"2.0","id":5,"method":"evm_mine"}]
<< [{"jsonrpc":"2.0","id":4,"result":"0"},{"jsonrpc":"2.0","id":5,"result":"0"}]
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":{…"number":"0x2"…}}}
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":{…"number":"0x3"…}}}

# A transaction: pending, then its log, then the block that holds both. The contract logs: LOG0(0, 0).
>> {"jsonrpc":"2.0","id":6,"method":"anvil_setCode","params":["0x00000000000000000000000000000000000000aa","0x5f5fa0"]}
<< {"jsonrpc":"2.0","id":6,"result":null}
>> {"jsonrpc":"2.0","id":7,"method":"eth_subscribe","params":["newPendingTransactions"]}
<< {"jsonrpc":"2.0","id":7,"result":"0x…"}
>> {"jsonrpc":"2.0","id":8,"method":"eth_subscribe","params":["logs",{"address":"0x00000000000000000000000000000000000000aa"}]}
<< {"jsonrpc":"2.0","id":8,"result":"0x…"}
>> {"jsonrpc":"2.0","id":9,"method":"eth_sendTransaction","params":[{"from":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","to":"0x00000000000000000000000000000000000000aa"}]}
<< {"jsonrpc":"2.0","id":9,"result":"0x…"}
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":"0x…"}}
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":{"address":"0x00000000000000000000000000000000000000aa","topics":[]…"removed":false…}}}
<< {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x…","result":{…"number":"0x4"…}}}

# What there is to subscribe to.
>> {"jsonrpc":"2.0","id":10,"method":"eth_subscribe","params":["everything"]}
<< {"jsonrpc":"2.0","id":10,"error":{"code":-32602,"message":"params[0] (kind): expected a kind of subscription, one of newHeads, logs, newPendingTransactions, transactionReceipts, syncing, got \"everything\""}}
>> {"jsonrpc":"2.0","id":11,"method":"eth_subscribe"}
<< {"jsonrpc":"2.0","id":11,"error":{"code":-32602,"message":"missing value for required argument 0: params[0] (kind): expected …"}}
>> {"jsonrpc":"2.0","id":12,"method":"eth_unsubscribe","params":["0x1234"]}
<< {"jsonrpc":"2.0","id":12,"error":{"code":-32000,"message":"subscription not found"}}
