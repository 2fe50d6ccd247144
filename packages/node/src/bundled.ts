import type * as node from './createNode.ts';
import { runBundle } from './runBundle.ts';

const bundle = runBundle(new URL('./node.cjs', import.meta.url)).exports as typeof node;

/**
 * {@link node.createNode} from one file, with the code that V8 made of it: loads in a fraction of the time. Its classes are
 * its own, so that an error of it is no instance of one that `@minichain/core` exports.
 */
export const createNode: typeof node.createNode = bundle.createNode;
