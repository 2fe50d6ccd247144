import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { METHODS } from './registry.ts';

const folder = fileURLToPath(new URL('../../protocol/src/schema/', import.meta.url));

/** Each method's parameters as its schema names them; `?` after one that may be left out. */
function schemaParameters(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const tuples = new Map<string, ts.TupleTypeNode>();
  const visit = (node: ts.Node, source: ts.SourceFile): void => {
    if (ts.isTypeAliasDeclaration(node) && ts.isTupleTypeNode(node.type)) tuples.set(node.name.text, node.type);
    if (ts.isPropertySignature(node) && /^'?[a-z0-9]+[._]/.test(node.name.getText(source))) {
      const [params] = (node.type as ts.TypeLiteralNode).members;
      const type = (params as ts.PropertySignature).type as ts.TypeNode;
      const tuple = ts.isTupleTypeNode(type) ? type : tuples.get(type.getText(source));
      const labels = (tuple?.elements ?? []).map((element) => {
        const label = element as ts.NamedTupleMember;
        return `${label.name.text}${label.questionToken === undefined ? '' : '?'}`;
      });
      found.set(node.name.getText(source).replaceAll("'", ''), labels);
    }
    ts.forEachChild(node, (child) => visit(child, source));
  };
  for (const file of readdirSync(folder)) {
    const source = ts.createSourceFile(file, readFileSync(folder + file, 'utf8'), ts.ScriptTarget.Latest, true);
    visit(source, source);
  }
  return found;
}

describe('the registry', () => {
  const schema = schemaParameters();

  it('serves the methods of the schema, no more and no fewer', () => {
    expect([...METHODS.keys()].sort()).toEqual([...schema.keys()].sort());
  });

  it.each([...METHODS])('%s calls its parameters what the schema calls them', (name, { params }) => {
    expect(params.map((one) => `${one.name}${one.optional ? '?' : ''}`)).toEqual(schema.get(name));
  });

  it.each([...METHODS])('%s takes no required parameter after one that may be left out', (_, { params }) => {
    const optional = params.map((one) => one.optional);
    expect(optional.lastIndexOf(false)).toBeLessThan(optional.includes(true) ? optional.indexOf(true) : params.length);
  });

  it('knows every method that Hardhat 3, Anvil and execution-apis have tools for', () => {
    const wanted = [
      ...['hardhat_metadata', 'hardhat_getAutomine', 'anvil_nodeInfo', 'web3_clientVersion', 'rpc_modules'],
      ...['hardhat_mine', 'evm_snapshot', 'evm_revert', 'evm_setNextBlockTimestamp', 'evm_increaseTime'],
      ...['anvil_dumpState', 'anvil_loadState', 'eth_sendUnsignedTransaction', 'hardhat_reset', 'anvil_setRpcUrl'],
      ...['eth_simulateV1', 'eth_createAccessList', 'eth_getProof', 'eth_getBlockReceipts', 'eth_feeHistory'],
    ];
    expect(wanted.filter((name) => !METHODS.has(name))).toEqual([]);
  });
});
