import type { RpcErrorBody } from '../support/jsonRpc.ts';
import type { Side } from './names.ts';

/** A value that each node chose for itself, such as a filter's id: in parameters it stands for the node's own. */
export class Handle {
  readonly of: Readonly<Record<Side, unknown>>;

  constructor(of: Record<Side, unknown>) {
    this.of = of;
  }
}

export interface Answer {
  readonly result?: unknown;
  readonly error?: RpcErrorBody;
}

/** What a session of requests is played on: two nodes that are compared, or one. */
export interface Target {
  ask(method: string, params?: unknown): Promise<Answer>;
  /** As `ask`, for the result. @throws Error when the answer is an error. */
  result<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
  /** Asks for a value that each node chooses freely. */
  handle(method: string, params?: readonly unknown[]): Promise<Handle>;
  /** What minichain says, without comparing it. */
  read<T>(method: string, params?: readonly unknown[]): Promise<T>;
}
