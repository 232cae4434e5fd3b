import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bootstrap, bootstrapHash } from './bootstrap.ts';

test('the hash is that of the script', () => {
  expect(bootstrapHash).toBe(`sha256-${createHash('sha256').update(bootstrap).digest('base64')}`);
});
