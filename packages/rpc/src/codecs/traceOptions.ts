import type { Overrides, TraceOptions } from '@minichain/core';
import type { RpcTraceCallOptions } from '@minichain/protocol';
import { type Codec, decodeAt, isRecord, mismatch } from './codec.ts';
import { callBlockOverrides, stateOverrides } from './overrides.ts';
import { boolean, count, text } from './scalars.ts';

export interface TraceRequest {
  readonly trace?: TraceOptions;
  readonly overrides?: Overrides;
  readonly transactionIndex?: number;
}

type Flags = Record<string, boolean>;

function flags(value: Record<string, unknown>, names: readonly string[], path = ''): Flags {
  const out: Flags = {};
  for (const name of names) {
    if (value[name] != null) out[name] = decodeAt(boolean, value[name], `${path}.${name}`);
  }
  return out;
}

const CONFIG_FLAGS = [
  ...['onlyTopCall', 'withLog', 'diffMode', 'disableCode', 'disableStorage', 'includeEmpty'],
  ...['convertParityErrors', 'includePrecompiles'],
];
const STRUCT_FLAGS = ['enableMemory', 'disableStack', 'disableStorage', 'enableReturnData'];

type Config = NonNullable<TraceOptions['tracerConfig']>;

const BUILT_IN = ['callTracer', 'flatCallTracer', 'prestateTracer', '4byteTracer', 'muxTracer', 'noopTracer'];

/** Settings of a tracer; `muxTracer` has the settings of others in its own, and one in JavaScript whatever it likes. */
function configOf(tracer: unknown, config: unknown, path: string): Config {
  if (tracer != null && !BUILT_IN.includes(tracer as string)) return { text: JSON.stringify(config) };
  if (!isRecord(config)) throw mismatch(`an object in ${path.slice(1)}`, config);
  if (tracer !== 'muxTracer') return flags(config, CONFIG_FLAGS, path);
  const inner = Object.entries(config).map(
    ([name, its]) => [name, its == null ? {} : configOf(name, its, `${path}.${name}`)] as const,
  );
  return { tracers: new Map(inner) };
}

const UNIT_MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** Longer than that no tracer works. */
const MOST_MS = 600_000;

/** A length of time as Go writes it. @returns milliseconds. */
export const duration: Codec<number, string> = {
  expected: 'a length of time such as "5s", "300ms" or "1m30s", at most 10m',
  decode: (value) => {
    const parts = typeof value === 'string' ? [...value.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/gy)] : [];
    const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === value;
    const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit as string] as number), 0);
    if (!isWhole || ms > MOST_MS) throw mismatch(duration.expected, value);
    return Math.max(1, Math.round(ms));
  },
};

/** geth's trace options, with the overrides of `debug_traceCall`. */
export const traceOptions: Codec<TraceRequest, RpcTraceCallOptions> = {
  expected: 'a trace options object',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(traceOptions.expected, value);
    const config = value['tracerConfig'];
    const state = value['stateOverrides'];
    const block = value['blockOverrides'];
    const overrides: Overrides = {
      ...(state == null ? {} : { state: decodeAt(stateOverrides, state, '.stateOverrides') }),
      ...(block == null ? {} : { block: decodeAt(callBlockOverrides, block, '.blockOverrides') }),
    };
    const { tracer, timeout, txIndex: index } = value;
    return {
      overrides,
      ...(index == null ? {} : { transactionIndex: decodeAt(count, index, '.txIndex') }),
      trace: {
        ...flags(value, STRUCT_FLAGS),
        ...(tracer == null || tracer === '' ? {} : { tracer: decodeAt(text, tracer, '.tracer') }),
        ...(value['limit'] == null ? {} : { limit: decodeAt(count, value['limit'], '.limit') }),
        ...(config == null ? {} : { tracerConfig: configOf(tracer, config, '.tracerConfig') }),
        ...(timeout == null ? {} : { timeoutMs: decodeAt(duration, timeout, '.timeout') }),
      },
    };
  },
};
