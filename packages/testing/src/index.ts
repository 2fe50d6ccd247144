export { type EachHooks, isolateEach } from './isolateEach.ts';
export { type StartNodeOptions, startNode, type TestNode } from './startNode.ts';
