import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosisCodes } from '../../scripts/docs/diagnosisCodes';
import { withCodes } from '../../scripts/docs/withExample';
import { RUNG_IDS } from './model/rungIds';

const page = readFileSync(
  join(__dirname, '../../../../docs/diagnosis.md'),
  'utf8',
);

describe('the guide to the ladder', () => {
  it('lists every code with its verdict and mend', () => {
    expect(withCodes(page, diagnosisCodes())).toBe(page);
  });

  it('has a heading for every rung, to which the rungs link', () => {
    const headings = page
      .split('\n')
      .flatMap(line => /^### (\S+)$/.exec(line)?.[1] ?? []);
    expect(headings).toEqual([...RUNG_IDS]);
  });
});
