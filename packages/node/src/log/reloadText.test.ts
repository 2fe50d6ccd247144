import { expect, it } from 'vitest';
import { reloadText } from './reloadText.ts';

it('says what changed, or why nothing did', () => {
  const changes = [
    { name: 'gasPrice', from: 'none', to: '5' },
    { name: 'order', from: 'fees', to: 'fifo' },
  ] as const;
  expect(reloadText({ type: 'applied', changes }, 'c.json')).toBe(
    'Settings reloaded from c.json: gasPrice none → 5, order fees → fifo',
  );
  expect(reloadText({ type: 'applied', changes: [] }, undefined)).toBe('Settings reloaded: nothing changed');
  expect(reloadText({ type: 'refused', reason: 'c.json: not JSON' }, 'c.json')).toBe(
    'Settings not reloaded, the old ones stay: c.json: not JSON',
  );
});
