import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNode } from '@minichain/node';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { repositoryRoot } from './support/fixtures.ts';

interface Row {
  readonly method: string;
  readonly params: string;
  readonly result: string;
  readonly note: string;
}

const schemaFolder = join(repositoryRoot, 'packages/protocol/src/schema');
const oneLine = (text: string): string =>
  text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replace(/; \}/g, ' }').trim();

function typeOf(member: ts.PropertySignature, name: string, source: ts.SourceFile): string {
  const fields = member.type !== undefined && ts.isTypeLiteralNode(member.type) ? member.type.members : [];
  const field = fields.find((one) => one.name?.getText(source) === name) as ts.PropertySignature | undefined;
  return oneLine(field?.type?.getText(source) ?? '');
}

function noteOf(member: ts.PropertySignature): string {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter((one): one is ts.JSDoc => ts.isJSDoc(one));
  return oneLine(ts.getTextOfJSDocComment(doc?.comment) ?? '');
}

/** The methods of the schemas of one file: members with `params` and `result`. */
function rowsOf(file: string): Row[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(schemaFolder, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const members = source.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement))
    .flatMap((declaration) => [...declaration.members]);
  return members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || typeOf(member, 'params', source) === '') return [];
    return {
      method: member.name.getText(source),
      params: typeOf(member, 'params', source).replace(/^\[ ?|,? ?\]$/g, ''),
      result: typeOf(member, 'result', source),
      note: noteOf(member),
    };
  });
}

const byName = (a: Row, b: Row): number => (a.method < b.method ? -1 : 1);

function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ method, params, result, note }) => {
    const code = (text: string) => (text === '' ? '–' : `\`${text}\``);
    return `| \`${method}\` | ${code(params)} | ${code(result)} | ${note} |`;
  });
  return ['| method | parameters | result | |', '|---|---|---|---|', ...cells].join('\n');
}

/** `npm test -- test/methodTable.test.ts -u` writes the file anew. */
it('METHODS.md lists every method that the node answers', async () => {
  const rows = readdirSync(schemaFolder).flatMap(rowsOf).sort(byName);
  const node = await createNode({ server: false });
  try {
    const { message } = await node.provider.request({ method: 'rpc_noSuchMethod' }).then(
      () => ({ message: '' }),
      (error: Error) => error,
    );
    expect(message).toContain('does not exist');
    for (const { method } of rows) {
      const asking = node.provider.request({ method, params: new Array(20).fill(0) });
      await expect(asking, method).rejects.toThrow('too many arguments');
    }
  } finally {
    await node.close();
  }
  const namespaces = [...new Set(rows.map(({ method }) => method.split('_')[0] as string))];
  const sections = namespaces.map((space) => {
    const own = rows.filter(({ method }) => method.startsWith(`${space}_`));
    return `## ${space} (${own.length})\n\n${tableOf(own)}`;
  });
  const head =
    `# Methods\n\nAll ${rows.length} methods over HTTP, WebSocket and in process, with the types of ` +
    '[protocol/src/schema](../protocol/src/schema). Written by a test from that schema.\n';
  await expect([head, ...sections, ''].join('\n')).toMatchFileSnapshot('../packages/rpc/METHODS.md');
});
