/** geth's tracers that it wrote in JavaScript, by name, in our own words. */
const SCRIPTS: Readonly<Record<string, string>> = {};

/** What can only be code: no name has a brace or a parenthesis in it. */
const IS_CODE = /[{(=]/;

/** @returns the code of a tracer that is given by its name, or is code itself; undefined for a name that nobody knows. */
export function scriptOf(tracer: string): string | undefined {
  if (Object.hasOwn(SCRIPTS, tracer)) return SCRIPTS[tracer];
  return IS_CODE.test(tracer) ? tracer : undefined;
}
