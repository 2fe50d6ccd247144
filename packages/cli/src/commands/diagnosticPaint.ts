import { coloursFor } from '@minichain/node';

/** Colours for what solc has to say, if stderr shows any. Not in the chunks of the commands: they would drag the node along. */
export function diagnosticPaint(): ReturnType<typeof coloursFor> | undefined {
  const colours = coloursFor({ isTerminal: process.stderr.isTTY === true, env: process.env });
  return colours.isColorSupported ? colours : undefined;
}
