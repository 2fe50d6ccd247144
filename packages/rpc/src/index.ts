export { CodecError } from './codecs/codec.ts';
export { stateFromBytes } from './codecs/stateDump.ts';
export {
  createRpc,
  type RequestRecord,
  type Rpc,
  type RpcCounts,
  type RpcOptions,
} from './createRpc.ts';
export { nearest } from './nearest.ts';
export { type RpcLimits, rpcLimits } from './rpcLimits.ts';
export type { Connection, SubscriptionMessage } from './subscriptions.ts';
export { type IpcOptions, type IpcServer, startIpc } from './transports/ipc.ts';
export { ListenError } from './transports/listenError.ts';
export type { Page, Pages } from './transports/pages.ts';
export { type PagesServer, startPagesServer } from './transports/pagesServer.ts';
export {
  type LiveServerOptions,
  type RpcServer,
  type ServerOptions,
  startServer,
} from './transports/server.ts';
export { checksumAddress } from './views/checksumAddress.ts';
export { type GenesisSource, genesisText } from './views/genesis.ts';
export { type DumpOptions, type DumpSource, stateDumpText, writeStateDump } from './views/stateDump.ts';
export type { EventLoopLag } from './vitals.ts';
