export { createRpc, type RequestRecord, type Rpc, type RpcOptions } from './createRpc.ts';
export type { Connection, SubscriptionMessage } from './subscriptions.ts';
export { ListenError, type RpcServer, type ServerOptions, startServer } from './transports/server.ts';
