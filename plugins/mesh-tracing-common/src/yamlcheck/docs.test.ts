import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withExample } from '../../scripts/docs/withExample';
import { yamlFindings } from '../../scripts/docs/yamlFindings';

describe('the guide to the check of YAML', () => {
  it('lists every code with its mend', () => {
    const path = join(__dirname, '../../../../docs/check-yaml.md');
    const guide = readFileSync(path, 'utf8');
    expect(withExample(guide, yamlFindings())).toBe(guide);
  });
});
