import type { LogLevel } from './logLevel.ts';

/** What can change while the log is written. */
export interface LiveLogOptions {
  /** `info` tells of requests, transactions and blocks; `warn` of those that failed, were slow or were dropped. */
  readonly level: LogLevel;
  /** A request that takes so many milliseconds is told of at level `warn`; 0: none is. */
  readonly slowRequestMs: number;
}

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What is not given is the default. @example liveLogOptions({ level: 'warn' }) // { level: 'warn', slowRequestMs: 1000 } */
export const liveLogOptions = ({ level = 'info', slowRequestMs = 1000 }: Given<LiveLogOptions>): LiveLogOptions => ({
  level,
  slowRequestMs,
});

/** For people, for programs, or only mistakes. */
export type LogFormat = 'text' | 'json' | 'quiet';

/** @example logFormat({ quiet: true, jsonLogs: true }) // 'quiet' */
export const logFormat = ({ quiet, jsonLogs }: Given<{ quiet: boolean; jsonLogs: boolean }>): LogFormat =>
  quiet === true ? 'quiet' : jsonLogs === true ? 'json' : 'text';

/** What takes them over. */
export interface LiveLog {
  change(options: LiveLogOptions & { readonly format?: LogFormat }): void | Promise<void>;
}
