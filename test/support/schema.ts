import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

interface OpenRpcMethod {
  readonly name: string;
  readonly result?: { readonly schema: Record<string, unknown> };
}

/** Result schemas of the official OpenRPC document. */
export interface ResultSchemas {
  readonly methods: readonly string[];
  /** What is wrong with a result; empty when it satisfies the schema, undefined when the document lacks the method. */
  problems(method: string, result: unknown): string[] | undefined;
}

/** JSON Schema of the document as ajv reads it: `title`s and `examples` are fine, unknown words are not fatal. */
export function loadResultSchemas(folder: string): ResultSchemas {
  const document = JSON.parse(readFileSync(join(folder, 'openrpc.json'), 'utf8')) as {
    methods: OpenRpcMethod[];
    components: unknown;
  };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const schemas = new Map(document.methods.map(({ name, result }) => [name, result?.schema]));
  const compiled = new Map<string, ValidateFunction>();
  return {
    methods: document.methods.map(({ name }) => name),
    problems: (method, result) => {
      const schema = schemas.get(method);
      if (schema === undefined) return undefined;
      let validate = compiled.get(method);
      if (validate === undefined) {
        validate = ajv.compile({ ...schema, components: document.components });
        compiled.set(method, validate);
      }
      if (validate(result)) return [];
      const lines = (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
      );
      return [...new Set(lines)].slice(0, 12);
    },
  };
}
