/** From everything to nothing. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Whether a log of one level tells of something. @example isTold('warn', { at: 'info' }) // true */
export const isTold = (what: Exclude<LogLevel, 'silent'>, { at }: { readonly at: LogLevel }): boolean =>
  LOG_LEVELS.indexOf(what) >= LOG_LEVELS.indexOf(at);
