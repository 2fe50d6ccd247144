import picocolors from 'picocolors';

export type Colours = Pick<ReturnType<typeof picocolors.createColors>, 'red' | 'green' | 'dim' | 'bold'>;

/** Colours only for a terminal, unless `FORCE_COLOR` or `NO_COLOR` says otherwise. */
export function coloursFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Colours {
  const off = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return picocolors.createColors(!off && (forced || isTerminal));
}
