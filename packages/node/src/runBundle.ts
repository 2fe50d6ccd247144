import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

/** Where the code that V8 made of a bundle is kept, once it was built. */
export const cacheOf = (bundle: URL): URL => new URL(`${bundle.href}.cache`);

/** A bundle begins with a comment that tells its content from any other's; so does the cache that belongs to it. */
export const MARK_BYTES = 24;

/** V8 looks at its own version and flags, but at no more of the source than its length. */
function cachedCode(bundle: URL, source: Buffer): Buffer | undefined {
  try {
    const cache = readFileSync(cacheOf(bundle));
    const belongs = cache.subarray(0, MARK_BYTES).equals(source.subarray(0, MARK_BYTES));
    return belongs ? cache.subarray(MARK_BYTES) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs a CommonJS bundle with the code that was made of it beforehand: parsing and compiling are the greatest part of a
 * start. Made by another Node, or not there, the code is compiled as usual. The bundle has `require`, but no `import()`.
 * @returns what it exports, and the script, for its code.
 * @example runBundle(new URL('./node.cjs', import.meta.url)).exports
 */
export function runBundle(bundle: URL): { readonly exports: unknown; readonly script: vm.Script } {
  const file = fileURLToPath(bundle);
  const source = readFileSync(file);
  // The bundle is ASCII, which takes V8 half the memory of anything else.
  const wrapped = `(function (require, module, exports, __filename, __dirname) {${source.toString('latin1')}\n})`;
  const code = cachedCode(bundle, source);
  const script = new vm.Script(wrapped, {
    filename: bundle.href,
    ...(code === undefined ? {} : { cachedData: code }),
  });
  const module = { exports: {} };
  script.runInThisContext()(createRequire(bundle), module, module.exports, file, dirname(file));
  return { exports: module.exports, script };
}

/** Keeps the code that V8 has made of a bundle by now, for the next who runs it. */
export function keepCode(bundle: URL, script: vm.Script): void {
  const mark = readFileSync(bundle).subarray(0, MARK_BYTES);
  writeFileSync(cacheOf(bundle), Buffer.concat([mark, script.createCachedData()]));
}
