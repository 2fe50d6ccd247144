/** What carries JSON-RPC to a target, one request at a time. */
export interface Connection {
  /** Posts JSON text. @returns the reply's body. */
  post(body: string): Promise<string>;
  /** @throws BenchError with the node's message when it answers an error. */
  call<T>(method: string, params?: readonly unknown[]): Promise<T>;
  close(): void;
}

/** A target that answers. */
export interface OpenTarget {
  connect(): Promise<Connection>;
  /** From the start of the process to the first answer; undefined for a node that ran already. */
  readonly startMs: number | undefined;
  /** Resident memory of the process in MiB; undefined for a node that is not ours. */
  residentMb(): number | undefined;
  /** Processor time that the process has used so far; undefined where that is not known. */
  cpuMs(): number | undefined;
  close(): Promise<void>;
}
