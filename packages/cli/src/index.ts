export { createNode, type MinichainNode, type NodeOptions } from '@minichain/node';
export { main } from './main.ts';
