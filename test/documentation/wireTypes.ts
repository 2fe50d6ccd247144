import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** JSON Schema, draft 7. */
export type JsonSchema = { readonly [word: string]: unknown };

/** A type as the schema writes it, and as JSON Schema. */
export interface WireType {
  readonly text: string;
  readonly schema: JsonSchema;
}

export interface WireMethod {
  readonly name: string;
  readonly note: string;
  readonly params: readonly (WireType & { readonly name: string; readonly optional: boolean })[];
  /** Undefined where the method always refuses. */
  readonly result: WireType | undefined;
}

export interface WireTypes {
  readonly methods: readonly WireMethod[];
  /** What `#/components/schemas/…` refers to. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

const text = (pattern: string, description: string): JsonSchema => ({ type: 'string', pattern, description });

/** What the types cannot say: how many digits. */
const SCALARS: Readonly<Record<string, JsonSchema>> = {
  Hex: text('^0x[0-9a-fA-F]*$', 'Hex digits.'),
  Data: text('^0x([0-9a-fA-F]{2})*$', 'Bytes in hex.'),
  Quantity: text('^0x[0-9a-fA-F]+$', 'A number in hex.'),
  RpcAddress: text('^0x[0-9a-fA-F]{40}$', 'An address: 20 bytes in hex.'),
  RpcHash: text('^0x[0-9a-fA-F]{64}$', 'A hash, or another word of 32 bytes, in hex.'),
};

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
/** What the type parameters of a generic type stand for. */
type Bound = ReadonlyMap<string, JsonSchema>;

const oneLine = (code: string): string =>
  code
    .replace(/\/\*\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/readonly (?=\w+\??:|\[\w+:)/g, '')
    .replace(/([([]) /g, '$1')
    .replace(/,? ([)\]])/g, '$1')
    .replace(/; \}/g, ' }')
    .trim();

function noteOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter((one): one is ts.JSDoc => ts.isJSDoc(one));
  const words = ts.getTextOfJSDocComment(doc?.comment) ?? '';
  return words.replace(/\s+/g, ' ').trim();
}

const described = (schema: JsonSchema, node: ts.Node): JsonSchema => {
  const description = noteOf(node);
  if (description === '') return schema;
  // In draft 7 nothing beside a reference counts.
  return '$ref' in schema ? { allOf: [schema], description } : { ...schema, description };
};

const nameOf = (node: { readonly name?: ts.Node | undefined }): string => {
  const { name } = node;
  if (name === undefined) throw new Error('a member of the schema has no name');
  return ts.isStringLiteral(name) ? name.text : name.getText();
};

/** Reads the types of the wire as JSON Schema. No type checker: the files hold nothing but plain types. */
class Reader {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #declared: ReadonlyMap<string, Declaration>;

  constructor(declarations: readonly Declaration[]) {
    this.#declared = new Map(declarations.map((one) => [one.name.text, one]));
  }

  convert(node: ts.TypeNode, bound: Bound = new Map()): JsonSchema {
    const inner = (one: ts.TypeNode): JsonSchema => this.convert(one, bound);
    if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return inner(node.type);
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: inner(node.elementType) };
    if (ts.isTupleTypeNode(node)) return this.#tuple(node, inner);
    if (ts.isUnionTypeNode(node)) return this.#union(node, inner);
    if (ts.isIntersectionTypeNode(node)) return { allOf: node.types.map(inner) };
    if (ts.isTypeLiteralNode(node)) return this.#object(node.members, bound);
    if (ts.isTypeReferenceNode(node)) return this.#reference(node, bound);
    if (ts.isTemplateLiteralTypeNode(node)) return { type: 'string', pattern: patternOf(node) };
    if (ts.isLiteralTypeNode(node)) return literal(node);
    return keyword(node);
  }

  /** The elements of a tuple, also of one that has a name. */
  elements(node: ts.TypeNode): readonly (ts.NamedTupleMember | ts.TypeNode)[] {
    if (ts.isTupleTypeNode(node)) return node.elements;
    const declaration = this.#declared.get(node.getText());
    if (declaration === undefined || !ts.isTypeAliasDeclaration(declaration)) throw unreadable(node);
    return this.elements(declaration.type);
  }

  #tuple(node: ts.TupleTypeNode, inner: (one: ts.TypeNode) => JsonSchema): JsonSchema {
    const items = node.elements.map((one) => inner(ts.isNamedTupleMember(one) ? one.type : one));
    const least = node.elements.filter((one) => !ts.isNamedTupleMember(one) || one.questionToken === undefined).length;
    return { type: 'array', items, minItems: least, maxItems: items.length };
  }

  #union(node: ts.UnionTypeNode, inner: (one: ts.TypeNode) => JsonSchema): JsonSchema {
    const members = node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword).map(inner);
    const constants = members.flatMap((one) => ('const' in one ? [one['const']] : []));
    const others = members.filter((one) => !('const' in one));
    const all = constants.length === 0 ? others : [...others, { enum: constants }];
    return all.length === 1 ? (all[0] as JsonSchema) : { anyOf: all };
  }

  #object(members: readonly ts.TypeElement[], bound: Bound): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    let rest: JsonSchema | undefined;
    for (const member of members) {
      if (ts.isIndexSignatureDeclaration(member)) rest = this.convert(member.type, bound);
      else if (ts.isPropertySignature(member) && member.type !== undefined) {
        const name = nameOf(member);
        properties[name] = described(this.convert(member.type, bound), member);
        if (member.questionToken === undefined) required.push(name);
      } else throw unreadable(member);
    }
    return {
      type: 'object',
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      ...(required.length === 0 ? {} : { required }),
      ...(rest === undefined ? {} : { additionalProperties: rest }),
    };
  }

  #reference(node: ts.TypeReferenceNode, bound: Bound): JsonSchema {
    const name = node.typeName.getText();
    const given = node.typeArguments ?? [];
    const argument = (index: number): ts.TypeNode => {
      const one = given[index];
      if (one === undefined) throw unreadable(node);
      return one;
    };
    const stands = bound.get(name);
    if (stands !== undefined) return stands;
    if (name === 'Readonly') return this.convert(argument(0), bound);
    if (name === 'Record') return { type: 'object', additionalProperties: this.convert(argument(1), bound) };
    if (name === 'Omit') return this.#without(this.#resolved(argument(0), bound), argument(1));
    if (given.length === 0) return this.#named(name);
    const declaration = this.#declared.get(name);
    if (declaration === undefined) throw unreadable(node);
    const names = (declaration.typeParameters ?? []).map((one) => one.name.text);
    return this.#declaration(declaration, new Map(names.map((one, i) => [one, this.convert(argument(i), bound)])));
  }

  #named(name: string): JsonSchema {
    if (this.schemas[name] === undefined) {
      const scalar = SCALARS[name];
      const declaration = this.#declared.get(name);
      if (scalar === undefined && declaration === undefined) throw new Error(`no type of the wire is called ${name}`);
      // Types may refer to themselves.
      this.schemas[name] = scalar ?? {};
      if (scalar === undefined) this.schemas[name] = this.#declaration(declaration as Declaration, new Map());
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  #declaration(declaration: Declaration, bound: Bound): JsonSchema {
    if (ts.isTypeAliasDeclaration(declaration)) return described(this.convert(declaration.type, bound), declaration);
    const own = this.#object([...declaration.members], bound);
    const parents = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
      types.map((one) => one.expression.getText()),
    );
    const bases = parents.map((name) => this.#declaration(this.#declared.get(name) as Declaration, bound));
    return described([...bases, own].reduce(joined), declaration);
  }

  /** What a reference refers to. */
  #resolved(node: ts.TypeNode, bound: Bound): JsonSchema {
    const schema = this.convert(node, bound);
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
    return name === undefined ? schema : (this.schemas[name] as JsonSchema);
  }

  #without(schema: JsonSchema, keys: ts.TypeNode): JsonSchema {
    const left = ts.isUnionTypeNode(keys) ? keys.types : [keys];
    const names = left.map((one) => (literal(one as ts.LiteralTypeNode) as { const: string }).const);
    const {
      properties = {},
      required = [],
      description: _,
      ...rest
    } = schema as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
      description?: string;
    };
    return {
      ...rest,
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
      required: required.filter((name) => !names.includes(name)),
    };
  }
}

const unreadable = (node: ts.Node): Error => new Error(`this cannot be written as JSON Schema: ${node.getText()}`);

/** An interface with those that it extends. */
function joined(base: JsonSchema, own: JsonSchema): JsonSchema {
  const both = { ...(base['properties'] as object), ...(own['properties'] as object) };
  const required = [...new Set([...((base['required'] ?? []) as string[]), ...((own['required'] ?? []) as string[])])];
  return { ...base, ...own, properties: both, ...(required.length === 0 ? {} : { required }) };
}

function literal({ literal: one }: ts.LiteralTypeNode): JsonSchema {
  if (one.kind === ts.SyntaxKind.NullKeyword) return { type: 'null' };
  return { const: ts.isStringLiteral(one) ? one.text : JSON.parse(one.getText()) };
}

function keyword(node: ts.TypeNode): JsonSchema {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: 'boolean' };
    case ts.SyntaxKind.UnknownKeyword:
      return {};
    case ts.SyntaxKind.NeverKeyword:
      return { not: {} };
    default:
      throw unreadable(node);
  }
}

/** `0x${string}` and `${number}`. */
function patternOf(node: ts.TemplateLiteralTypeNode): string {
  const spans = node.templateSpans.map(({ type, literal: after }) => {
    const is = type.kind === ts.SyntaxKind.NumberKeyword ? '[0-9]+' : '.*';
    return is + after.text;
  });
  return `^${node.head.text}${spans.join('')}$`;
}

/** A member of a schema that is a method. */
function methodOf(member: ts.TypeElement, reader: Reader): WireMethod[] {
  if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isTypeLiteralNode(member.type)) return [];
  const field = (name: string): ts.TypeNode | undefined => {
    const fields = (member.type as ts.TypeLiteralNode).members.filter(ts.isPropertySignature);
    return fields.find((one) => one.name.getText() === name)?.type;
  };
  const [params, result] = [field('params'), field('result')];
  if (params === undefined || result === undefined) return [];
  const typeOf = (node: ts.TypeNode): WireType => ({ text: oneLine(node.getText()), schema: reader.convert(node) });
  return [
    {
      name: nameOf(member),
      note: noteOf(member),
      params: reader.elements(params).map((one) => {
        if (!ts.isNamedTupleMember(one)) throw unreadable(one);
        return { name: one.name.text, optional: one.questionToken !== undefined, ...typeOf(one.type) };
      }),
      result: result.kind === ts.SyntaxKind.NeverKeyword ? undefined : typeOf(result),
    },
  ];
}

/** Every method of the schema's files, by name. @example readWireTypes('packages/protocol/src/schema').methods.length */
export function readWireTypes(folder: string): WireTypes {
  const statements = readdirSync(folder).flatMap((file) => {
    const code = readFileSync(join(folder, file), 'utf8');
    return [...ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true).statements];
  });
  const declarations = statements.filter(
    (one): one is Declaration => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one),
  );
  const reader = new Reader(declarations);
  const methods = declarations
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ members }) => [...members])
    .flatMap((member) => methodOf(member, reader));
  return {
    methods: methods.sort((a, b) => (a.name < b.name ? -1 : 1)),
    schemas: Object.fromEntries(Object.entries(reader.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
