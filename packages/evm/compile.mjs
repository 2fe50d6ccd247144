import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { computedSources } from './assembly/precompiles/sources.mjs';

const here = import.meta.dirname;
const flags = ['-O3', '--converge', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--exportTable'];

/** What the compiled bytes depend on: every source below `assembly`, the flags and the compiler. */
export function sourceHash() {
  const hash = createHash('sha256').update(flags.join(' '));
  hash.update(createRequire(import.meta.url)('assemblyscript/package.json').version);
  const names = readdirSync(join(here, 'assembly'), { recursive: true }).filter((name) => /\.(ts|mjs)$/.test(name));
  for (const name of names.sort()) hash.update(`\0${name}\0`).update(readFileSync(join(here, 'assembly', name)));
  return hash.digest('hex');
}

/**
 * Compiles one AssemblyScript file, named from `assembly`, with what it imports.
 * @throws Error with the compiler's own messages.
 */
export async function compile(entry) {
  // Loaded here, since most builds find the bytes unchanged, and the compiler takes half a second to load.
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main([`assembly/${entry}`, ...flags, '--outFile', 'module.wasm'], {
    // The compiler makes `baseDir` relative in its own way; names are relative to it.
    readFile: (name) => computedSources[name.replaceAll('\\', '/')]?.() ?? readText(join(here, name)),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
    baseDir: here,
  });
  if (error !== null) throw new Error(`assembly/${entry} does not compile\n${stderr}`, { cause: error });
  return binary;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
