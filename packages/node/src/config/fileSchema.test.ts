import { expect, it } from 'vitest';
import { FILE_KEYS } from './configFile.ts';
import { fileSchema } from './fileSchema.ts';

const { properties } = fileSchema() as { properties: Record<string, Record<string, unknown>> };

it('has every key of a file, with what it means', () => {
  expect(Object.keys(properties)).toEqual(['$schema', ...FILE_KEYS, 'networks']);
  expect(properties['port']).toEqual({
    description: 'port to listen on; 0 lets the system choose (default: 8545)',
    ...{ type: ['integer', 'string'], minimum: 0, maximum: 65535, pattern: '^[0-9]+$' },
  });
  expect(properties['cacheMb']).toMatchObject({ type: ['integer', 'string'], minimum: 16 });
  for (const name of FILE_KEYS) expect(properties[name]?.['description'], name).toMatch(/./);
});

it('lets a flag whose value may be left out be switched on', () => {
  expect(properties['mnemonicRandom']).toMatchObject({ anyOf: [{ enum: expect.anything() }, { type: 'boolean' }] });
});

it('has the same in each network, but no network within', () => {
  const { additionalProperties } = properties['networks'] as { additionalProperties: { properties: object } };
  expect(Object.keys(additionalProperties.properties)).toEqual(FILE_KEYS.filter((name) => name !== 'network'));
});
