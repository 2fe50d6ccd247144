# A batch is answered in its own order, each member after the one before it.
>> [{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"},{"jsonrpc":"2.0","id":2,"method":"evm_mine"},{"jsonrpc":"2.0","id":3,"method":"eth_blockNumber"}]
<< [{"jsonrpc":"2.0","id":1,"result":"0x0"},{"jsonrpc":"2.0","id":2,"result":"0"},{"jsonrpc":"2.0","id":3,"result":"0x1"}]

# One that fails stops no other.
>> [{"jsonrpc":"2.0","id":1,"method":"eth_noSuchThing"},{"jsonrpc":"2.0","id":2,"method":"eth_getBalance","params":["0x1"]},{"jsonrpc":"2.0","id":3,"method":"net_version"}]
<< [{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"…"}},{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"…"}},{"jsonrpc":"2.0","id":3,"result":"31337"}]

# What is no request at all has an answer of its own, and its neighbours theirs.
>> [null,1,"text",true,[],{},{"jsonrpc":"2.0","id":7,"method":"net_version"}]
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"batch too large: 7 requests, at most 5"}}
>> [null,1,"text",[],{"jsonrpc":"2.0","id":7,"method":"net_version"}]
<< [{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}},{"jsonrpc":"2.0","id":7,"result":"31337"}]
>> [true,{},{"foo":1}]
<< [{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: jsonrpc must be \"2.0\""}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: jsonrpc must be \"2.0\""}}]

# An empty batch is an error, and not a batch of them.
>> []
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: empty batch"}}

# Up to the limit, and one more: then none of it is done.
>> [{"jsonrpc":"2.0","id":1,"method":"evm_mine"},{"jsonrpc":"2.0","id":2,"method":"evm_mine"},{"jsonrpc":"2.0","id":3,"method":"evm_mine"},{"jsonrpc":"2.0","id":4,"method":"evm_mine"},{"jsonrpc":"2.0","id":5,"method":"eth_blockNumber"}]
<< [{"jsonrpc":"2.0","id":1,"result":"0"},{"jsonrpc":"2.0","id":2,"result":"0"},{"jsonrpc":"2.0","id":3,"result":"0"},{"jsonrpc":"2.0","id":4,"result":"0"},{"jsonrpc":"2.0","id":5,"result":"0x5"}]
>> [{"jsonrpc":"2.0","id":1,"method":"evm_mine"},{"jsonrpc":"2.0","id":2,"method":"evm_mine"},{"jsonrpc":"2.0","id":3,"method":"evm_mine"},{"jsonrpc":"2.0","id":4,"method":"evm_mine"},{"jsonrpc":"2.0","id":5,"method":"evm_mine"},{"jsonrpc":"2.0","id":6,"method":"evm_mine"}]
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"batch too large: 6 requests, at most 5"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"}
<< {"jsonrpc":"2.0","id":1,"result":"0x5"}

# Ids may repeat: whoever sends them twice gets them twice.
>> [{"jsonrpc":"2.0","id":1,"method":"net_version"},{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}]
<< [{"jsonrpc":"2.0","id":1,"result":"31337"},{"jsonrpc":"2.0","id":1,"result":"0x7a69"}]
