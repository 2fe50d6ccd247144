export { createNode, defineConfig, type MinichainConfig, type MinichainNode, type NodeOptions } from '@minichain/node';
export { main } from './main.ts';
