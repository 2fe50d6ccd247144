/** What a Solidity file says about the files and compilers it needs. Lines count from 1. */
export interface SourceDirectives {
  readonly imports: readonly { readonly path: string; readonly line: number }[];
  /** Version ranges of `pragma solidity …`, with single spaces. */
  readonly pragmas: readonly { readonly range: string; readonly line: number }[];
}

interface Token {
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n\r])*"?|'(?:\\[\s\S]|[^'\\\n\r])*'?|[A-Za-z_$][\w$]*|[{};]|\s+|[^\s\w$"'{};/]+|[\s\S]/g;

const isBlank = (text: string): boolean => /^(?:\s|\/\/|\/\*)/.test(text);
const isLiteral = (text: string): boolean => text.startsWith('"') || text.startsWith("'");

/** Statements outside all braces, up to their semicolon, and bodies up to the brace that ends them. Blanks are one space. */
function* topLevelStatements(source: string): Generator<Token[]> {
  let depth = 0;
  let statement: Token[] = [];
  for (const { 0: raw, index } of source.matchAll(TOKEN)) {
    const text = isBlank(raw) ? ' ' : raw;
    if (text === '{') depth += 1;
    if (text === '}') depth = Math.max(0, depth - 1);
    // The braces of `import {A} from "…"` do not end its statement.
    const isEnd = text === ';' || (text === '}' && statement[0]?.text !== 'import');
    if (depth === 0 && isEnd) {
      yield statement;
      statement = [];
    } else if (text !== ' ' || statement.length > 0) statement.push({ text, at: index });
  }
}

/**
 * Finds imports and version pragmas without compiling; what stands in comments and strings does not count.
 * @example scanSource('pragma solidity ^0.8.0; import "./A.sol";').imports // [{ path: './A.sol', line: 1 }]
 */
export function scanSource(source: string): SourceDirectives {
  const imports: { path: string; line: number }[] = [];
  const pragmas: { range: string; line: number }[] = [];
  const lineAt = (at: number): number => source.slice(0, at).split('\n').length;
  for (const statement of topLevelStatements(source)) {
    const [first, ...rest] = statement;
    const words = rest.filter(({ text }) => text !== ' ');
    if (first?.text === 'import') {
      const literal = words.find(({ text }) => isLiteral(text));
      if (literal !== undefined) imports.push({ path: literal.text.slice(1, -1), line: lineAt(first.at) });
    } else if (first?.text === 'pragma' && words[0]?.text === 'solidity') {
      const range = rest.map(({ text }) => text).join('');
      pragmas.push({
        range: range.trim().slice('solidity'.length).replaceAll(/\s+/g, ' ').trim(),
        line: lineAt(first.at),
      });
    }
  }
  return { imports, pragmas };
}
