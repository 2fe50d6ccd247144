/** What solc has to say about a source, an item of `errors` in its Standard JSON output. */
export interface SolcDiagnostic {
  readonly severity: 'error' | 'warning' | 'info';
  readonly type: string;
  readonly message: string;
  /** With file, line and caret, as solc prints it. */
  readonly formattedMessage?: string;
  readonly errorCode?: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number; readonly end: number };
}

/** How parts of a diagnostic are coloured; each function takes text and gives it back with escape codes. */
export interface DiagnosticPaint {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly bold: (text: string) => string;
}

const PLAIN: DiagnosticPaint = { red: String, yellow: String, blue: String, bold: String };

function painted(line: string, severity: SolcDiagnostic['severity'], paint: DiagnosticPaint): string {
  const accent = severity === 'error' ? paint.red : paint.yellow;
  const arrow = /^(\s*-->)(.*)$/.exec(line);
  if (arrow !== null) return `${paint.blue(arrow[1] as string)}${arrow[2]}`;
  const source = /^(\s*\d* *\|)(.*)$/.exec(line);
  if (source !== null) {
    const text = source[2] as string;
    return `${paint.blue(source[1] as string)}${/^[\s^]*\^[\s^]*$/.test(text) ? accent(text) : text}`;
  }
  // In old releases the place stood first: `contracts/A.sol:3:1: Warning: …`.
  const heading = /^((?:[^\s:]+:\d+:\d+: )?)(\w+:) (.*)$/.exec(line);
  return heading === null ? line : `${heading[1]}${accent(heading[2] as string)} ${paint.bold(heading[3] as string)}`;
}

/**
 * A diagnostic as solc prints it, with a blank line after it.
 * @example process.stderr.write(diagnosticText(diagnostic))
 */
export function diagnosticText(diagnostic: SolcDiagnostic, paint: DiagnosticPaint = PLAIN): string {
  const { formattedMessage, type, message, severity } = diagnostic;
  const text = (formattedMessage ?? `${type}: ${message}`).trimEnd();
  const lines = text.split('\n').map((line) => (paint === PLAIN ? line : painted(line, severity, paint)));
  return `${lines.join('\n')}\n\n`;
}
