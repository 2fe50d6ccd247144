import { consoleLineFromCall, type MessageTrace } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import { checksumAddress } from '@minichain/rpc';
import { callText } from './callText.ts';
import { oneLine } from './printable.ts';
import { formatAmount } from './units.ts';

const CONSOLE = '0x000000000000000000636f6e736f6c652e6c6f67';
/** Longest output that is shown whole. */
const MAX_OUTPUT_BYTES = 64;

function target({ kind, to, input }: MessageTrace): string {
  const address = to === undefined ? 'contract that was not created' : checksumAddress(hexFromBytes(to));
  if (kind.startsWith('CREATE')) return `new ${address}`;
  return input.length === 0 ? address : `${address}::${callText(input) ?? hexFromBytes(input)}`;
}

function headline(trace: MessageTrace): string {
  const value = trace.value > 0n ? ` {value: ${formatAmount(trace.value)}}` : '';
  const kind = trace.kind === 'CALL' ? '' : ` [${trace.kind.toLowerCase()}]`;
  return `[${trace.gasUsed}] ${target(trace)}${value}${kind}`;
}

function outcome({ kind, output, error }: MessageTrace): string | undefined {
  if (error !== undefined) return `← ${oneLine(error)}`;
  if (output.length === 0) return undefined;
  if (kind.startsWith('CREATE')) return `← ${output.length} bytes of code`;
  return `← ${output.length > MAX_OUTPUT_BYTES ? `${output.length} bytes` : hexFromBytes(output)}`;
}

function consoleLine({ to, input }: MessageTrace): string | undefined {
  if (to === undefined || hexFromBytes(to) !== CONSOLE) return undefined;
  const line = consoleLineFromCall(input);
  return line === undefined ? undefined : `console.log: ${oneLine(line)}`;
}

/**
 * A call tree, a line for each message and each outcome worth a line.
 * @returns lines without indentation of their own.
 */
export function traceLines(trace: MessageTrace): string[] {
  const printed = consoleLine(trace);
  if (printed !== undefined) return [printed];
  const result = outcome(trace);
  const branches = [...trace.calls.map(traceLines), ...(result === undefined ? [] : [[result]])];
  const below = branches.flatMap((lines, index) => {
    const [first, rest] = index === branches.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  '];
    return lines.map((line, at) => `${at === 0 ? first : rest}${line}`);
  });
  return [headline(trace), ...below];
}
