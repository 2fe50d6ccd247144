import { join } from 'node:path';
import * as jsonSchemaPackage from '@json-schema-tools/meta-schema';
import * as openRpcPackage from '@open-rpc/meta-schema';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { METHODS } from '../packages/rpc/src/registry.ts';
import { GENESIS } from '../packages/rpc/src/world.vectors.ts';
import { documentMethods, openRpcDocument, openRpcModule } from './documentation/openRpc.ts';
import { methodsPage, namespacePage } from './documentation/pages.ts';
import { readWireTypes } from './documentation/wireTypes.ts';
import { worldBatch } from './documentation/world.ts';
import { repositoryRoot } from './support/fixtures.ts';

/** `npm test -- test/methodTable.test.ts -u` writes the pages and the document anew. */

const types = readWireTypes(join(repositoryRoot, 'packages/protocol/src/schema'));
const methods = documentMethods(types, METHODS);
const document = openRpcDocument(methods, types.schemas);
const namespaces = [...new Set(methods.map(({ namespace }) => namespace))];
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

it('documents every method that the node answers, and no other', () => {
  expect(methods.map(({ name }) => name)).toEqual([...METHODS.keys()].sort());
});

it('writes a document that is OpenRPC 1.3', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  // Their types leave out what they export.
  type Schema = { readonly $id: string; readonly $schema: string };
  const { jsonSchema } = jsonSchemaPackage as unknown as { jsonSchema: Schema };
  const { openrpcDocument } = openRpcPackage as unknown as { openrpcDocument: Schema };
  const withoutSchema = ({ $schema: _, ...schema }: Schema): object => schema;
  // It is referred to with and without the slash at its end.
  for (const $id of [jsonSchema.$id, jsonSchema.$id.replace(/\/$/, '')]) {
    ajv.addSchema(withoutSchema({ ...jsonSchema, $id }));
  }
  const validate = ajv.compile(withoutSchema(openrpcDocument));
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
});

it('writes schemas that the examples satisfy', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const { components } = document as { components: object };
  const problems = methods.flatMap(({ name, params, result, example }) => {
    const wrong = (schema: object, value: unknown): unknown[] => {
      const validate = ajv.compile({ ...schema, components });
      return validate(value) ? [] : [...(validate.errors ?? [])].map((one) => [name, one.instancePath, one.message]);
    };
    if (!('result' in example.reply)) return [];
    const given = example.params.flatMap((value, index) => {
      const param = params[index];
      return value === null && param?.optional === true ? [] : wrong(param?.schema ?? {}, value);
    });
    return [...given, ...(result === undefined ? [] : wrong(result.schema, example.reply.result))];
  });
  expect(problems).toEqual([]);
});

it('METHODS.md and its pages are as the methods are now', async () => {
  await expect(methodsPage(methods)).toMatchFileSnapshot('../packages/rpc/METHODS.md');
  for (const namespace of namespaces) {
    const own = methods.filter((one) => one.namespace === namespace);
    await expect(namespacePage(namespace, own)).toMatchFileSnapshot(`../packages/rpc/methods/${namespace}.md`);
  }
  await expect(json(GENESIS)).toMatchFileSnapshot('../packages/rpc/methods/genesis.json');
  await expect(json(worldBatch())).toMatchFileSnapshot('../packages/rpc/methods/world.json');
});

it('the document that the node answers with is as the methods are now', async () => {
  await expect(openRpcModule(document)).toMatchFileSnapshot('../packages/rpc/src/openRpc/document.ts');
});
