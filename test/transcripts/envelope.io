# Ids of every kind come back as they were written.
>> {"jsonrpc":"2.0","id":1,"method":"net_version"}
<< {"jsonrpc":"2.0","id":1,"result":"31337"}
>> {"jsonrpc":"2.0","id":0,"method":"net_version"}
<< {"jsonrpc":"2.0","id":0,"result":"31337"}
>> {"jsonrpc":"2.0","id":-1,"method":"net_version"}
<< {"jsonrpc":"2.0","id":-1,"result":"31337"}
>> {"jsonrpc":"2.0","id":"abc","method":"net_version"}
<< {"jsonrpc":"2.0","id":"abc","result":"31337"}
>> {"jsonrpc":"2.0","id":"","method":"net_version"}
<< {"jsonrpc":"2.0","id":"","result":"31337"}
>> {"jsonrpc":"2.0","id":null,"method":"net_version"}
<< {"jsonrpc":"2.0","id":null,"result":"31337"}
>> {"jsonrpc":"2.0","id":1.5,"method":"net_version"}
<< {"jsonrpc":"2.0","id":1.5,"result":"31337"}
>> {"jsonrpc":"2.0","id":9007199254740993,"method":"net_version"}
<< {"jsonrpc":"2.0","id":9007199254740993,"result":"31337"}
>> {"jsonrpc":"2.0","id":18446744073709551615,"method":"eth_noSuchThing"}
<< {"jsonrpc":"2.0","id":18446744073709551615,"error":{"code":-32601,"message":"…"}}
>> [{"jsonrpc":"2.0","id":1764035600000000001,"method":"net_version"},{"jsonrpc":"2.0","id":1764035600000000002,"method":"net_version"}]
<< [{"jsonrpc":"2.0","id":1764035600000000001,"result":"31337"},{"jsonrpc":"2.0","id":1764035600000000002,"result":"31337"}]

# Others are refused.
>> {"jsonrpc":"2.0","id":{"a":1},"method":"net_version"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: id must be a string, a number or null"}}
>> {"jsonrpc":"2.0","id":[1],"method":"net_version"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: id must be a string, a number or null"}}
>> {"jsonrpc":"2.0","id":true,"method":"net_version"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: id must be a string, a number or null"}}

# The version is part of a request.
>> {"id":1,"method":"net_version","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request: jsonrpc must be \"2.0\""}}
>> {"jsonrpc":"1.0","id":1,"method":"net_version","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request: jsonrpc must be \"2.0\""}}
>> {"jsonrpc":2.0,"id":1,"method":"net_version","params":[]}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request: jsonrpc must be \"2.0\""}}

# So is a method, by its name.
>> {"jsonrpc":"2.0","id":1}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request: method must be a string"}}
>> {"jsonrpc":"2.0","id":1,"method":7}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"invalid request: method must be a string"}}
>> {"jsonrpc":"2.0","id":1,"method":""}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method  does not exist/is not available"}}

# Members nobody knows do no harm.
>> {"jsonrpc":"2.0","id":1,"method":"net_version","params":[],"networkId":5,"toString":1,"__proto__":{}}
<< {"jsonrpc":"2.0","id":1,"result":"31337"}

# Text that is no JSON, or no message.
>> {bad
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: …"}}
>> nonsense
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: …"}}
>>
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: Unexpected end of JSON input"}}
>> {"jsonrpc":"2.0","id":1,"method":"net_version"
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: …"}}
>> {"jsonrpc":"2.0","id":1,"method":"net_version"}}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: …"}}
>> null
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}}
>> 1
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}}
>> "net_version"
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"invalid request: expected an object"}}
