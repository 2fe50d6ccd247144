export { RPC_CODES, type RpcCode } from './codes.ts';
export { bytesFromHex, type Data, type Hex, hexFromBytes, isHex, type Quantity, quantityFromBigInt } from './hex.ts';
export { RpcError } from './rpcError.ts';
