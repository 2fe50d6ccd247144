# Without an id a request is done and not answered.
>> {"jsonrpc":"2.0","method":"evm_mine"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"}
<< {"jsonrpc":"2.0","id":1,"result":"0x1"}

# Not even when it fails.
>> {"jsonrpc":"2.0","method":"eth_noSuchThing"}
>> {"jsonrpc":"2.0","method":"eth_getBalance","params":["0x1"]}
>> {"jsonrpc":"2.0","method":"eth_getBalance","params":{"address":"0x1"}}

# In a batch they leave no gap, and alone in it no answer.
>> [{"jsonrpc":"2.0","method":"evm_mine"},{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"},{"jsonrpc":"2.0","method":"evm_mine"}]
<< [{"jsonrpc":"2.0","id":1,"result":"0x2"}]
>> [{"jsonrpc":"2.0","method":"evm_mine"},{"jsonrpc":"2.0","method":"evm_mine"}]
>> {"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"}
<< {"jsonrpc":"2.0","id":1,"result":"0x5"}

# A null id is an id.
>> {"jsonrpc":"2.0","id":null,"method":"net_version"}
<< {"jsonrpc":"2.0","id":null,"result":"31337"}
