import { DockerfileParser, type Instruction, type ModifiableInstruction } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';

/** One stage of a Dockerfile. */
export interface BuildStage {
  /** Undefined where the Dockerfile gives it none. */
  readonly name: string | undefined;
  /** The image that it starts from. */
  readonly base: string;
  /** Flags and arguments of each instruction of that kind, as they are written, in order. */
  of(keyword: string): readonly string[];
}

/** What the linter says against a Dockerfile, line by line. */
export const dockerfileProblems = (text: string): string[] =>
  validate(text).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);

function argumentsOf(instruction: Instruction): string {
  const flags = (instruction as Partial<ModifiableInstruction>).getFlags?.() ?? [];
  return [...flags.map(String), instruction.getRawArgumentsContent() ?? ''].join(' ');
}

/** The stages of a Dockerfile; the last one is the image. @example buildStages(text).at(-1)?.of('USER') // ['1000:1000'] */
export function buildStages(text: string): BuildStage[] {
  const file = DockerfileParser.parse(text);
  const starts = file.getFROMs().map((from) => from.getRange().start.line);
  return file.getFROMs().map((from, index) => {
    const [first, end] = [starts[index] as number, starts[index + 1] ?? Number.POSITIVE_INFINITY];
    const instructions = file.getInstructions().filter((one) => {
      const { line } = one.getRange().start;
      return line > first && line < end;
    });
    return {
      name: from.getBuildStage() ?? undefined,
      base: from.getImage() ?? '',
      of: (keyword) => instructions.filter((one) => one.getKeyword() === keyword).map(argumentsOf),
    };
  });
}
