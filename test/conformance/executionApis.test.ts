import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { differences } from '../support/differences.ts';
import { describeWithFixtures, filesBelow, fixtureFolder } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { loadResultSchemas, type ResultSchemas } from '../support/schema.ts';
import { knownFailures } from './knownFailures.ts';

interface Exchange {
  readonly request: { readonly id: unknown; readonly method: string };
  readonly sent: string;
  readonly expected: Record<string, unknown>;
}

interface Transcript {
  readonly name: string;
  /** The reply is only held against the method's schema. */
  readonly schemaOnly: boolean;
  readonly exchanges: readonly Exchange[];
}

function readTranscript(folder: string, file: string): Transcript {
  const lines = readFileSync(file, 'utf8').split('\n');
  const exchanges: Exchange[] = [];
  let sent = '';
  for (const line of lines) {
    if (line.startsWith('>> ')) sent = line.slice(3);
    if (line.startsWith('<< ')) {
      exchanges.push({ sent, request: JSON.parse(sent), expected: JSON.parse(line.slice(3)) });
    }
  }
  return {
    name: relative(folder, file).replace(/\.io$/, ''),
    schemaOnly: lines.some((line) => line.startsWith('//') && line.includes('speconly')),
    exchanges,
  };
}

/** Wording of errors is the client's own where both sides fail. */
function withoutMessage(reply: Record<string, unknown>): Record<string, unknown> {
  const { error, ...rest } = reply;
  if (typeof error !== 'object' || error === null) return reply;
  const { message: _, ...facts } = error as Record<string, unknown>;
  return { ...rest, error: facts };
}

function compare({ request, expected }: Exchange, reply: Record<string, unknown>): string[] {
  const bothFail = reply['error'] !== undefined && expected['error'] !== undefined;
  const found = bothFail ? differences(withoutMessage(expected), withoutMessage(reply)) : differences(expected, reply);
  return found.map((line) => `${request.method} ${line}`);
}

function checkSchema(
  schemas: ResultSchemas,
  { request, expected }: Exchange,
  reply: Record<string, unknown>,
): string[] {
  if (reply['id'] !== request.id) return [`${request.method} id: expected ${request.id}, got ${reply['id']}`];
  if ('error' in expected !== 'error' in reply)
    return [`${request.method}: got ${JSON.stringify(reply).slice(0, 300)}`];
  if ('error' in reply) return [];
  return schemas.problems(request.method, reply['result']) ?? [`${request.method} has no schema`];
}

describeWithFixtures('execution-apis rpc-compat', 'executionApis', (root) => {
  const folder = join(root, 'tests');
  const transcripts = filesBelow(folder, '.io').map((file) => readTranscript(folder, file));
  let node: RunningNode;
  let schemas: ResultSchemas;

  beforeAll(async () => {
    schemas = loadResultSchemas(fixtureFolder('openrpc') as string);
    node = await startMinichain([
      ...['--init', join(folder, 'genesis.json'), '--import-blocks', join(folder, 'chain.rlp')],
      // The transcripts come from a node whose chain only moves by the Engine API.
      ...['--accounts', '0', '--no-mining'],
    ]);
  });
  afterAll(() => node?.close());

  it('imports the chain up to its head', async () => {
    const { params } = JSON.parse(readFileSync(join(folder, 'headfcu.json'), 'utf8')) as {
      params: [{ headBlockHash: string }];
    };
    const head = await node.rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
    expect(head.hash).toBe(params[0].headBlockHash);
    expect(transcripts.length).toBeGreaterThanOrEqual(232);
  });

  // In the order of the files: some read the pool that earlier ones filled.
  for (const transcript of transcripts) {
    const { name, schemaOnly, exchanges } = transcript;
    it(name, async () => {
      const found: string[] = [];
      for (const exchange of exchanges) {
        const { text } = await node.rpc.post(exchange.sent);
        const reply = JSON.parse(text) as Record<string, unknown>;
        found.push(...(schemaOnly ? checkSchema(schemas, exchange, reply) : compare(exchange, reply)));
      }
      if (knownFailures[name] === undefined) expect(found).toEqual([]);
      else expect(found, `passes now: take ${name} off the list of known failures`).not.toEqual([]);
    });
  }

  it('knows no failure that is not a transcript', () => {
    const names = new Set(transcripts.map(({ name }) => name));
    expect(Object.keys(knownFailures).filter((name) => !names.has(name))).toEqual([]);
  });
});
