import type { RpcCode } from './codes.ts';

/**
 * An error as it goes over the wire. It carries `toJSON`, since JSON-RPC engines drop an `Error`'s message otherwise.
 * @example throw new RpcError(-32602, 'params[0]: expected an address')
 */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: RpcCode;
  readonly data: unknown;

  constructor(code: RpcCode, message: string, data?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.data = data;
  }

  toJSON(): { code: RpcCode; message: string; data?: unknown } {
    const { code, message, data } = this;
    return data === undefined ? { code, message } : { code, message, data };
  }
}
