export { createRpc, type RequestRecord, type Rpc, type RpcOptions, rpcLimits } from './createRpc.ts';
export { nearest } from './nearest.ts';
export type { Connection, SubscriptionMessage } from './subscriptions.ts';
export {
  ListenError,
  type LiveServerOptions,
  type RpcServer,
  type ServerOptions,
  startServer,
} from './transports/server.ts';
