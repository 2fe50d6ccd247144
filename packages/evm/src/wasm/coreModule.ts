import { coreBytes } from './coreBytes.ts';

let compiled: WebAssembly.Module | undefined;

/** The core's module, compiled when it is first asked for. */
export function coreModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(coreBytes, 'base64'));
  return compiled;
}
