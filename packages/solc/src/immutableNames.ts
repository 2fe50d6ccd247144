import type { Artifact, ArtifactStore } from './artifacts.ts';

type Node = Readonly<Record<string, unknown>>;

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/**
 * The names of a contract's immutable variables, by the AST ids that `immutableReferences` has them under. One that is
 * declared in a source that was not compiled in the same run has none.
 * @example immutableNames(artifacts, artifacts.get('Treasury')) // Map { '8837' => 'token' }
 */
export function immutableNames(artifacts: ArtifactStore, artifact: Artifact): ReadonlyMap<string, string> {
  const ids = Object.keys(artifact.immutableReferences);
  if (ids.length === 0) return new Map();
  const { sources } = artifacts.buildInfo(artifact).output as { sources?: unknown };
  const declarations = [...nodesOf(sources)].filter(
    ({ nodeType, id }) => nodeType === 'VariableDeclaration' && ids.includes(String(id)),
  );
  return new Map(declarations.map(({ id, name }) => [String(id), String(name)]));
}
