import { arityOf, dupOf, swapOf } from './arity.ts';
import { type BlockFields, type DecodedCode, type Instruction, isBlock, isConditional, OPERATION } from './decoded.ts';

/** Where a block may go. */
export interface Edge {
  /** Offset of the block. */
  readonly at: number;
  /** Undefined where the unit ends and the interpreter goes on. */
  readonly to: Node | undefined;
}

/** How a block ends: what follows, or nothing where the interpreter goes on at its last instruction. */
export type Ending =
  | { readonly kind: 'leave' }
  | { readonly kind: 'go'; readonly edge: Edge }
  | { readonly kind: 'branch'; readonly taken: Edge; readonly otherwise: Edge };

/** A block at one height of the stack, with the jump targets that are known to lie on it. */
export interface Node {
  readonly id: number;
  readonly block: BlockFields;
  /** Words on the stack relative to the unit's entry. */
  readonly height: number;
  readonly instructions: readonly Instruction[];
  ending: Ending;
}

export interface Graph {
  readonly nodes: readonly Node[];
  /** The lowest place that is touched, and the highest that is reached, relative to the entry. */
  readonly low: number;
  readonly high: number;
}

export interface GraphOptions {
  /** Whether a block is worth compiling, by its fields. */
  readonly isWanted: (block: BlockFields) => boolean;
}

/** Pcs of JUMPDESTs that are known to lie on the stack, by place. */
type Known = ReadonlyMap<number, number>;

const MOST_NODES = 400;
const MOST_INSTRUCTIONS = 6_000;
const MOST_WORDS = 300;
/** Of one block: as many as it has callers that are worth telling apart. */
const MOST_VARIANTS = 12;

const blockEnds = (operation: number): boolean =>
  operation === OPERATION.jumpTo || operation === 0x56 || operation === 0x57 || isConditional(operation);

/** Whether a unit does it itself; nothing is an empty block's last instruction. */
export function isForUnits(one: Instruction | undefined): boolean {
  if (one === undefined || one.operation === OPERATION.swapPop) return true;
  return dupOf(one.operation) > 0 || swapOf(one.operation) > 0 || arityOf(one) !== undefined;
}

/** Reads a block's instructions up to its end, or to the first that is not for units (which is the last then). */
function instructionsOf(code: DecodedCode, block: BlockFields): Instruction[] {
  const instructions: Instruction[] = [];
  let at = code.next(block);
  for (;;) {
    const one = code.instruction(at);
    if (isBlock(one.operation)) return instructions;
    instructions.push(one);
    if (blockEnds(one.operation) || !isForUnits(one)) return instructions;
    at = code.next(one);
  }
}

type Places = (number | undefined)[];

/** What an instruction does to the known targets on the stack. */
function follow(stack: Places, one: Instruction, code: DecodedCode): void {
  const { operation, argument } = one;
  const dup = dupOf(operation);
  const swap = operation === OPERATION.swapPop ? argument : swapOf(operation);
  const top = stack.length - 1;
  if (dup > 0) {
    stack.push(stack[top + 1 - dup]);
  } else if (swap > 0) {
    [stack[top], stack[top - swap]] = [stack[top - swap], stack[top]];
    if (operation === OPERATION.swapPop) stack.pop();
  } else if (operation === OPERATION.pushSmall) {
    stack.push(code.target(argument) === undefined ? undefined : argument);
  } else {
    const [taken, put] = arityOf(one) ?? [0, 0];
    stack.length -= taken;
    for (let i = 0; i < put; i++) stack.push(undefined);
  }
}

/** Finds the blocks that an entry leads to, callers of one function apart. */
class GraphBuilder {
  readonly #code: DecodedCode;
  readonly #options: GraphOptions;
  readonly #nodes: Node[] = [];
  readonly #known: Known[] = [];
  readonly #byKey = new Map<string, Node>();
  readonly #variants = new Map<number, number>();
  #instructions = 0;
  #low = 0;
  #high = 0;

  constructor(code: DecodedCode, options: GraphOptions) {
    this.#code = code;
    this.#options = options;
  }

  build(entry: number): Graph | undefined {
    if (this.#node(entry, 0, new Map()) === undefined) return undefined;
    // Nodes are added while the list is gone through.
    for (const node of this.#nodes) this.#expand(node);
    return { nodes: this.#nodes, low: this.#low, high: this.#high };
  }

  #node(at: number, height: number, known: Known): Node | undefined {
    const key = `${at} ${height} ${[...known].map(([place, pc]) => `${place}:${pc}`).join(',')}`;
    const found = this.#byKey.get(key);
    if (found !== undefined) return found;
    const block = this.#code.block(at);
    const variants = this.#variants.get(at) ?? 0;
    const low = Math.min(this.#low, height - block.taken);
    const high = Math.max(this.#high, height + block.growth);
    const isFirst = this.#nodes.length === 0;
    if (!isFirst && !this.#options.isWanted(block)) return undefined;
    if (variants === MOST_VARIANTS || this.#nodes.length === MOST_NODES || high - low > MOST_WORDS) return undefined;
    const instructions = instructionsOf(this.#code, block);
    this.#instructions += instructions.length;
    if (this.#instructions > MOST_INSTRUCTIONS) return undefined;
    this.#low = low;
    this.#high = high;
    const node: Node = { id: this.#nodes.length, block, height, instructions, ending: { kind: 'leave' } };
    this.#variants.set(at, variants + 1);
    this.#nodes.push(node);
    this.#known.push(known);
    this.#byKey.set(key, node);
    return node;
  }

  #expand(node: Node): void {
    const { block, height, instructions } = node;
    const known = this.#known[node.id] as Known;
    const bottom = height - block.taken;
    const stack: Places = Array.from({ length: block.taken }, (_, i) => known.get(bottom + i));
    const last = instructions.at(-1);
    for (const one of instructions) if (one !== last || !blockEnds(one.operation)) follow(stack, one, this.#code);
    const next = last === undefined ? this.#code.next(block) : this.#code.next(last);
    const after = (taken: number): ((at: number) => Edge) => {
      const left = new Map([...known].filter(([place]) => place < bottom));
      for (const [i, pc] of stack.slice(0, stack.length - taken).entries()) {
        if (pc !== undefined) left.set(bottom + i, pc);
      }
      const reached = bottom + stack.length - taken;
      return (at) => ({ at, to: this.#node(at, reached, left) });
    };
    node.ending = this.#endingOf(last, { after, next, top: stack.at(-1) });
  }

  #endingOf(
    last: Instruction | undefined,
    { after, next, top }: { after: (taken: number) => (at: number) => Edge; next: number; top: number | undefined },
  ): Ending {
    if (last === undefined || !blockEnds(last.operation)) {
      return isForUnits(last) ? { kind: 'go', edge: after(0)(next) } : { kind: 'leave' };
    }
    const { operation, argument } = last;
    const isStatic = operation !== 0x56 && operation !== 0x57;
    const target = isStatic ? argument : top === undefined ? undefined : this.#code.target(top);
    if (target === undefined) return { kind: 'leave' };
    const [taken] = arityOf(last) ?? [0];
    const to = after(taken);
    if (operation === OPERATION.jumpTo || operation === 0x56) return { kind: 'go', edge: to(target) };
    return { kind: 'branch', taken: to(target), otherwise: to(next) };
  }
}

/** @returns undefined where the entry itself is too much. */
export function graphOf(code: DecodedCode, entry: number, options: GraphOptions): Graph | undefined {
  return new GraphBuilder(code, options).build(entry);
}
