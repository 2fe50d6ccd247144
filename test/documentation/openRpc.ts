import { PEERS } from '../support/peerMethods.ts';
import { type Example, exampleOf, type Refusal, refusalsOf } from './examples.ts';
import { unitOf } from './units.ts';
import type { JsonSchema, WireMethod, WireTypes } from './wireTypes.ts';

/** A parameter with all that is known about it. */
export interface DocumentedParam {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly schema: JsonSchema;
  /** As its decoder words it. */
  readonly takes: string;
  readonly unit: string;
}

/** A method with all that is known about it. */
export interface DocumentedMethod extends Omit<WireMethod, 'params'> {
  readonly namespace: string;
  readonly params: readonly DocumentedParam[];
  readonly refusals: readonly Refusal[];
  readonly example: Example;
  /** The other nodes that have it. */
  readonly peers: readonly string[];
}

/** What the node's own registry says about parameters. */
type Registry = ReadonlyMap<string, { readonly params: readonly { name: string; codec: { expected: string } }[] }>;

/** What a code means wherever it is answered. */
export const CODES: Readonly<Record<number, string>> = {
  3: 'execution reverted; `data` is what was returned',
  4444: 'pruned history',
  [-32000]: 'invalid input: what is asked for cannot be done',
  [-32001]: 'resource not found',
  [-32002]: 'resource unavailable',
  [-32003]: 'rejected: no key, or the execution was halted',
  [-32004]: 'not supported',
  [-32005]: 'limit exceeded',
  [-32600]: 'invalid request',
  [-32601]: 'method not found, or not offered where it was asked for',
  [-32602]: 'invalid params',
  [-32603]: "internal error; the node's log has more under the id of the message",
  [-32700]: 'parse error',
};

const namespaceOf = (name: string): string => name.split(/[._]/)[0] as string;

/** Puts together what the schema, the registry, the vectors and the peers' lists say. */
export function documentMethods(types: WireTypes, registry: Registry): DocumentedMethod[] {
  return types.methods.map((method) => {
    const { name } = method;
    const decoded = registry.get(name)?.params ?? [];
    return {
      ...method,
      namespace: namespaceOf(name),
      params: method.params.map(({ text, ...param }, index) => ({
        ...param,
        type: text,
        takes: decoded[index]?.codec.expected ?? '',
        unit: unitOf(name, param.name, text),
      })),
      refusals: refusalsOf(name),
      example: exampleOf(name),
      peers: Object.entries(PEERS).flatMap(([peer, names]) => (names.includes(name) ? [peer] : [])),
    };
  });
}

const meaning = (code: number): string => CODES[code] ?? 'as the specification of the method names it';

function examplePairing({ example, params, result }: DocumentedMethod): object {
  const { reply, before, when } = example;
  const outcome = 'result' in reply ? { name: 'result', value: reply.result } : undefined;
  return {
    name: when ?? 'example',
    ...(before.length === 0 ? {} : { description: `After ${before.map(([name]) => name).join(', ')}.` }),
    params: example.params.map((value, index) => ({ name: params[index]?.name ?? `params[${index}]`, value })),
    ...(outcome === undefined || result === undefined ? {} : { result: outcome }),
  };
}

function methodObject(method: DocumentedMethod): object {
  const { name, note, params, result, refusals, peers, namespace } = method;
  const codes = [...new Set(refusals.map(({ code }) => code))];
  const description = ({ takes, unit }: DocumentedParam): string =>
    [takes, ...(unit === '' ? [] : [`Unit: ${unit}`])].join('. ');
  return {
    name,
    ...(note === '' ? {} : { summary: note }),
    tags: [{ name: namespace }],
    paramStructure: 'by-position',
    params: params.map((param) => ({
      name: param.name,
      description: description(param),
      required: !param.optional,
      schema: param.schema,
    })),
    result: { name: 'result', schema: result?.schema ?? { not: {} } },
    errors: codes.map((code) => ({ code, message: meaning(code) })),
    examples: [examplePairing(method)],
    'x-errors': refusals,
    'x-peers': peers,
  };
}

/** The OpenRPC 1.3 document of everything that the node answers. */
export const openRpcDocument = (methods: readonly DocumentedMethod[], schemas: WireTypes['schemas']): object => ({
  openrpc: '1.3.2',
  info: { title: 'minichain', version: '', license: { name: 'MIT' } },
  methods: methods.map(methodObject),
  components: { schemas },
});

/**
 * The document as the module that the node reads when it is asked for it: a line for each method and each schema, so that two
 * changes seldom meet in one line.
 */
export function openRpcModule(document: object): string {
  const { methods, components, ...head } = document as {
    methods: object[];
    components: { schemas: Record<string, object> };
  };
  const lines = methods.map((method) => `    ${JSON.stringify(method)},`);
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `      ${JSON.stringify(name)}: ${JSON.stringify(schema)},`,
  );
  return [
    "import type { RpcOpenRpcDocument } from '@minichain/protocol';",
    '',
    '/** Written by `npm test -- test/methodTable.test.ts -u`. */',
    'export const DOCUMENT: RpcOpenRpcDocument = {',
    ...Object.entries(head).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`),
    '  methods: [',
    ...lines,
    '  ],',
    '  components: {',
    '    schemas: {',
    ...schemas,
    '    },',
    '  },',
    '};',
    '',
  ].join('\n');
}
