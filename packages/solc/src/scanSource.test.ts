import { describe, expect, it } from 'vitest';
import { scanSource } from './scanSource.ts';

describe('scanSource', () => {
  it('finds every form of import with its line', () => {
    const source = [
      'import "./a.sol";',
      "import './b.sol' as b;",
      'import * as c from "./c.sol";',
      'import {D, E as F} from "d/D.sol";',
      'import {',
      '  G // the one we need: "not this"',
      '} from "./g.sol";',
    ].join('\n');
    expect(scanSource(source).imports).toEqual([
      { path: './a.sol', line: 1 },
      { path: './b.sol', line: 2 },
      { path: './c.sol', line: 3 },
      { path: 'd/D.sol', line: 4 },
      { path: './g.sol', line: 5 },
    ]);
  });

  it('does not look into comments, strings and bodies', () => {
    const source = `
      // import "./comment.sol";
      /* pragma solidity ^0.1.0;
         import "./block.sol"; */
      string constant TEXT = 'import "./string.sol"; } //';
      contract A { string s = "} import './body.sol';"; function f() public { { } } }
      import "./after.sol";`;
    expect(scanSource(source)).toEqual({ imports: [{ path: './after.sol', line: 7 }], pragmas: [] });
  });

  it('reads version pragmas and leaves other pragmas alone', () => {
    const source = 'pragma abicoder v2;\npragma solidity >=0.7.0\n  <0.9.0 /* both */ ;\npragma solidity^0.8.1;';
    expect(scanSource(source).pragmas).toEqual([
      { range: '>=0.7.0 <0.9.0', line: 2 },
      { range: '^0.8.1', line: 4 },
    ]);
  });

  it('survives text that is not Solidity', () => {
    for (const source of ['', '}}}}', '{{{{', 'import', 'import ;', '"open', '/* open', 'pragma solidity']) {
      expect(scanSource(source)).toEqual({ imports: [], pragmas: [] });
    }
  });
});
