import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { readConfig } from '../../src/config/config.ts';
import { environment } from '../../src/config/environment.ts';

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const variables = parseEnv(example);

  it('names the variables that are read, and no other', () => {
    assert.deepEqual(Object.keys(variables).sort(), Object.keys(environment.shape).sort());
  });

  it('tells of every variable, in a line before it, what it is', () => {
    const lines = example.split('\n');
    const untold = lines.filter(
      (line, index) => /^[A-Z_]+=/.test(line) && !lines[index - 1]?.startsWith('# '),
    );

    assert.deepEqual(untold, []);
  });

  it('starts the sandbox as it is', () => {
    assert.equal(readConfig(variables).mode, 'sandbox');
  });
});
