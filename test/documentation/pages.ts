import { PEERS } from '../support/peerMethods.ts';
import type { Example } from './examples.ts';
import { CODES, type DocumentedMethod, type DocumentedParam } from './openRpc.ts';

const code = (text: string): string => (text === '' ? '–' : `\`${text}\``);
const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

const LONGEST_TEXT = 140;
const MOST_ITEMS = 4;

/** A reply as a page shows it: what is long is cut, and the cut is seen. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > LONGEST_TEXT ? `${value.slice(0, 66)}… (${value.length} characters)` : value;
  }
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_ITEMS).map(shortened);
    return value.length > MOST_ITEMS ? [...shown, `… (${value.length - MOST_ITEMS} more)`] : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortened(one)]));
}

const requestOf = (method: string, params: readonly unknown[]): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

/** A request of which nothing is cut, for a shell. */
const curl = (method: string, params: readonly unknown[]): string =>
  `curl localhost:8545 --json '${requestOf(method, params).replaceAll("'", "'\\''")}'`;

function exampleText({ method, before, params, reply, when, transport, hardfork, isExcerpt }: Example): string {
  const steps = [...before, [method, params] as const];
  const sent =
    transport === 'HTTP'
      ? steps.map(([name, given]) => curl(name, given))
      : steps.map(([name, given]) => requestOf(name, given));
  const circumstances = [
    ...(when === undefined ? [] : [`where ${when}`]),
    ...(transport === 'WebSocket' ? ['over WebSocket or IPC'] : []),
    ...(isExcerpt ? ['with a part of the reply'] : []),
    ...(hardfork === undefined ? [] : [`on a node started with \`--hardfork ${hardfork}\``]),
  ];
  const title = ['Example', ...circumstances].join(', ');
  const answer = JSON.stringify(shortened({ jsonrpc: '2.0', id: 1, ...reply }), undefined, 2);
  const oneLine = JSON.stringify(shortened({ jsonrpc: '2.0', id: 1, ...reply }));
  return [
    `${title}:`,
    '',
    transport === 'HTTP' ? '```sh' : '```json',
    ...sent,
    '```',
    '```json',
    oneLine.length <= 120 ? oneLine : answer,
    '```',
  ].join('\n');
}

const paramCells = ({ name, optional, type, takes, unit }: DocumentedParam): string[] => [
  code(name) + (optional ? ', may be left out' : ''),
  code(cell(type)),
  cell(unit === '' ? takes : `${takes}; **${unit}**`),
];

function refusalLines({ refusals }: DocumentedMethod): string[] {
  return refusals.map(({ code: number, message, when }) => {
    const words = message.length > LONGEST_TEXT * 2 ? `${message.slice(0, LONGEST_TEXT * 2)}…` : message;
    return `- \`${number}\` ${when === undefined ? '' : `(${when}) `}${code(words.replaceAll('`', "'"))}`;
  });
}

function section(method: DocumentedMethod): string {
  const { name, note, params, result, peers, example } = method;
  return [
    `## ${name}`,
    ...(note === '' ? [] : [note]),
    ...(params.length === 0 ? ['No parameters.'] : [table(['parameter', 'type', ''], params.map(paramCells))]),
    `Result: ${result === undefined ? 'none; it always refuses' : code(result.text)}`,
    ['Errors:', ...refusalLines(method)].join('\n'),
    exampleText(example),
    `Also in: ${peers.length === 0 ? 'no other node' : peers.join(', ')}.`,
  ].join('\n\n');
}

/** What the methods of a namespace take, answer and refuse. */
export function namespacePage(namespace: string, methods: readonly DocumentedMethod[]): string {
  const head =
    `# ${namespace}\n\nWritten by a test. [All methods](../METHODS.md), and how the examples are run. Types are those of ` +
    '[protocol/src/schema](../../protocol/src/schema). What a page cannot show whole ends in “…”.';
  return `${[head, ...methods.map(section)].join('\n\n')}\n`;
}

const anchor = (name: string): string => name.toLowerCase().replaceAll('.', '');

/** The list of all methods, with the nodes that have them. */
export function methodsPage(methods: readonly DocumentedMethod[]): string {
  const peers = Object.keys(PEERS);
  const namespaces = [...new Set(methods.map(({ namespace }) => namespace))];
  const sections = namespaces.map((space) => {
    const own = methods.filter(({ namespace }) => namespace === space);
    const rows = own.map(({ name, note, peers: having }) => [
      `[\`${name}\`](methods/${space}.md#${anchor(name)})`,
      cell(note),
      ...peers.map((peer) => (having.includes(peer) ? '✓' : '')),
    ]);
    return `## ${space} (${own.length})\n\n${table(['method', '', ...peers], rows)}`;
  });
  const codes = Object.entries(CODES).map(([number, meaning]) => [code(number), meaning]);
  const head = `# Methods

All ${methods.length} methods over HTTP, WebSocket, IPC and in process. Each name leads to its parameters with types and units, its result, its
errors, and an example. The node itself answers \`rpc.discover\` with all of this as an OpenRPC 1.3 document. A test writes these
pages from the types, the registry and the tests of the methods; another sends every example to a node.

A column says which other node has a method: Anvil 1.7.1 and what its main branch has since, Hardhat 2.29 and 3.18, Ganache
7.9, geth 1.16, Otterscan's API level 8, OpenEthereum's \`trace\` module.`;
  const examples = `## Examples

The examples are requests to a chain of three blocks. To run one, start such a chain:

\`\`\`sh
minichain --init packages/rpc/methods/genesis.json --accounts 3
curl localhost:8545 --json @packages/rpc/methods/world.json
\`\`\`

What depends on the time, on chance or on the machine is another each time: timestamps and hashes of new blocks, ids, sizes. An id
such as \`0x…01\` is that of the request before: yours is another.`;
  const errors = `## Errors

${table(['code', 'meaning'], codes)}

Every method can answer \`-32601\`, \`-32602\` (a parameter is missing, wrong, or one too many: the message names it and says what was
expected), \`-32005\` (a limit of the node) and \`-32603\`. The pages list what else, and the words.`;
  return `${[head, examples, errors, ...sections].join('\n\n')}\n`;
}
