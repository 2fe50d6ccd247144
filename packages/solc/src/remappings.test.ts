import { describe, expect, it } from 'vitest';
import { temporaryProject } from '../../../test/support/temporaryProject.ts';
import { CompileError } from './compileFaults.ts';
import { readRemappings, remapped, textFromRemapping } from './remappings.ts';

const one = (prefix: string, target: string, context = '') => ({ context, prefix, target });

describe('readRemappings', () => {
  it('reads foundry.toml, remappings.txt and what is given, the later ones first', () => {
    const { root } = temporaryProject({
      'foundry.toml':
        '[profile.default]\nsrc = "src"\nremappings = [\n  "@oz/=lib/oz/", # ours\n  "ds/=lib/ds/src/",\n]\n',
      'remappings.txt': '\n# kept by hand\n@oz/=lib/other/\ncontracts/old:@v/=lib/v1/\n',
    });
    expect(readRemappings(root, ['ds/=lib/ds3/']).map(textFromRemapping)).toEqual([
      '@oz/=lib/other/',
      'ds/=lib/ds3/',
      'contracts/old:@v/=lib/v1/',
    ]);
  });

  it('takes the profile that is asked for and falls back to the default one', () => {
    const { root } = temporaryProject({
      'foundry.toml':
        '[profile.default]\nremappings = ["a/=x/"]\n[profile.ci]\nremappings = ["a/=y/"]\n[profile.bare]\n',
    });
    expect(readRemappings(root, [], 'ci')).toEqual([one('a/', 'y/')]);
    expect(readRemappings(root, [], 'bare')).toEqual([one('a/', 'x/')]);
  });

  it('says where a remapping is wrong', () => {
    const { root } = temporaryProject({ 'remappings.txt': '@oz lib/oz\n' });
    expect(() => readRemappings(root)).toThrow(CompileError);
    expect(() => readRemappings(root)).toThrow('remappings.txt: "@oz lib/oz" is not a remapping');
  });

  it('says where foundry.toml is wrong', () => {
    const broken = temporaryProject({ 'foundry.toml': '[profile.default\n' });
    expect(() => readRemappings(broken.root)).toThrow(/^foundry\.toml: /);
    const number = temporaryProject({ 'foundry.toml': '[profile.default]\nremappings = [1]\n' });
    expect(() => readRemappings(number.root)).toThrow('foundry.toml: remappings: expected a list of strings');
  });
});

describe('remapped', () => {
  it('prefers the longest context, then the longest prefix', () => {
    const all = [one('@oz/', 'a/'), one('@oz/token/', 'b/'), one('@oz/', 'c/', 'lib/x')];
    expect(remapped('@oz/access/A.sol', 'src/B.sol', all)).toBe('a/access/A.sol');
    expect(remapped('@oz/token/T.sol', 'src/B.sol', all)).toBe('b/T.sol');
    expect(remapped('@oz/token/T.sol', 'lib/x/B.sol', all)).toBe('c/token/T.sol');
    expect(remapped('other/T.sol', 'src/B.sol', all)).toBe('other/T.sol');
  });
});
