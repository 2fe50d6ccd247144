import picocolors from 'picocolors';

export type Colours = Pick<
  ReturnType<typeof picocolors.createColors>,
  'red' | 'green' | 'yellow' | 'blue' | 'dim' | 'bold' | 'isColorSupported'
>;

export interface ColourOptions {
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default `auto`. */
  readonly when?: 'auto' | 'always' | 'never' | undefined;
}

/**
 * Colours where they are wanted: by `when`, else as `NO_COLOR` or `FORCE_COLOR` say, else on a terminal that has them.
 * @example coloursFor({ isTerminal: true, env: { NO_COLOR: '1' } }).red('x') // 'x'
 */
export function coloursFor({ isTerminal, env, when = 'auto' }: ColourOptions): Colours {
  if (when !== 'auto') return picocolors.createColors(when === 'always');
  const isSet = (name: string): boolean => env[name] !== undefined && env[name] !== '';
  if (isSet('NO_COLOR')) return picocolors.createColors(false);
  if (isSet('FORCE_COLOR')) return picocolors.createColors(env['FORCE_COLOR'] !== '0');
  return picocolors.createColors(isTerminal && env['TERM'] !== 'dumb');
}
