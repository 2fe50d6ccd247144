# None: absent, null, or an empty list.
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId"}
<< {"jsonrpc":"2.0","id":1,"result":"0x7a69"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":null}
<< {"jsonrpc":"2.0","id":1,"result":"0x7a69"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}
<< {"jsonrpc":"2.0","id":1,"result":"0x7a69"}

# By position only.
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":{"address":"0x00000000000000000000000000000000000000aa","block":"latest"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"non-array args: expected params as an array"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"non-array args: expected params as an array"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":"latest"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"non-array args: expected params as an array"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":7}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"non-array args: expected params as an array"}}

# Too few: named, with what is expected. A trailing one that is optional may be left out or null.
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"missing value for required argument 0: params[0] (address): expected …"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x00000000000000000000000000000000000000aa"]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x00000000000000000000000000000000000000aa",null]}
<< {"jsonrpc":"2.0","id":1,"result":"0x0"}

# Too many.
>> {"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[1]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"too many arguments, want at most 0, got 1"}}

# Wrong: the place, what is expected, what was given.
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x12","latest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params[0] (address): expected …"}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x00000000000000000000000000000000000000aa","newest"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params[1] (block): expected …\"newest\""}}
>> {"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"topics":["0x12"]}]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params[0] (filter).topics[0]: expected …"}}

# A method nobody has: the nearest that exists.
>> {"jsonrpc":"2.0","id":1,"method":"eth_getBalanse","params":["0x00000000000000000000000000000000000000aa"]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method eth_getBalanse does not exist/is not available; did you mean eth_getBalance?"}}
>> {"jsonrpc":"2.0","id":1,"method":"ETH_CHAINID"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method ETH_CHAINID does not exist/is not available; did you mean eth_chainId?"}}
>> {"jsonrpc":"2.0","id":1,"method":"constructor"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method constructor does not exist/is not available"}}
>> {"jsonrpc":"2.0","id":1,"method":"something_else_entirely"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method something_else_entirely does not exist/is not available"}}
