import { describe, expect, it } from 'vitest';
import { diagnosticText, type SolcDiagnostic } from './diagnostics.ts';

const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
const paint = { red: tag('red'), yellow: tag('yellow'), blue: tag('blue'), bold: tag('bold') };
const error: SolcDiagnostic = {
  severity: 'error',
  type: 'TypeError',
  message: 'No such type.',
  formattedMessage:
    'TypeError: No such type.\n --> contracts/A.sol:3:30:\n  |\n3 | uint x = a ^ "b";\n  |          ^^^^^^^\n\n',
};

describe('diagnosticText', () => {
  it('is what solc prints', () => {
    expect(diagnosticText(error)).toBe(error.formattedMessage);
  });

  it('colours the kind, the place and the caret', () => {
    expect(diagnosticText(error, paint)).toBe(
      [
        '<red>TypeError:</red> <bold>No such type.</bold>',
        '<blue> --></blue> contracts/A.sol:3:30:',
        '<blue>  |</blue>',
        '<blue>3 |</blue> uint x = a ^ "b";',
        '<blue>  |</blue><red>          ^^^^^^^</red>',
        '\n',
      ].join('\n'),
    );
    const old = { ...error, formattedMessage: 'A.sol:3:1: TypeError: No.\nuint x;\n^---^\n' };
    expect(diagnosticText(old, paint)).toBe('A.sol:3:1: <red>TypeError:</red> <bold>No.</bold>\nuint x;\n^---^\n\n');
    expect(diagnosticText({ severity: 'warning', type: 'Warning', message: 'Unused.' }, paint)).toBe(
      '<yellow>Warning:</yellow> <bold>Unused.</bold>\n\n',
    );
  });
});
