import { hexFrom } from './hexFrom.ts';

/** Where the code of that hash lies among the trie's nodes: 'c' before the hash, as the library writes it. */
export const codeKey = (codeHash: Uint8Array): string => `63${hexFrom(codeHash)}`;
