/** Whoever calls the node or writes a contract chooses these characters; a terminal must not obey them. */
const escaped = (char: string): string => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * Text from outside as one line of bounded length.
 * @example oneLine('eth_\u001b[2Jcall') // 'eth_\\x1b[2Jcall'
 */
export function oneLine(text: string, limit = 300): string {
  const line = text.replace(/\p{Cc}/gu, escaped);
  return line.length <= limit ? line : `${line.slice(0, limit)}…`;
}

/** A mistake by its id, and by the id of the message that caused it. @example 'internal error (eth_call-1, request 4f6a1b2c-7)' */
export const mistakeText = (id: string, requestId: string | undefined): string =>
  `internal error (${id}${requestId === undefined ? '' : `, request ${requestId}`})`;

/** Colours and other attributes of text, which Foundry's `StdStyle` puts into console lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ATTRIBUTES = /(\u001b\[[\d;]*m)/;

/**
 * What a contract printed, as lines: new lines and tabs are kept, colours where they are wanted, other control characters
 * are shown and not obeyed.
 */
export function consoleText(text: string, options: { keepColours: boolean }): string[] {
  const shown = text
    .split(ATTRIBUTES)
    .map((part, index) => {
      if (index % 2 === 1) return options.keepColours ? part : '';
      return part.replace(/[^\P{Cc}\n\t]/gu, escaped);
    })
    .join('');
  return shown.split('\n');
}
