import { join } from 'node:path';
import { bundled, documentApart, writeDocument, writeScripts, writeWithCode } from './bundling.mjs';

const here = import.meta.dirname;

/** `createNode` in one file: loading several hundred modules is most of what a test file waits for. */
const text = await bundled({ entryPoints: [join(here, 'src/createNode.ts')], plugins: [documentApart] });
await writeDocument(join(here, 'dist'));
await writeScripts(join(here, 'dist'));
writeWithCode(join(here, 'dist/node.cjs'), text, new URL('./codeCache.mjs', import.meta.url));
