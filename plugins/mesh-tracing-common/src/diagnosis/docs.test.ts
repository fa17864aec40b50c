import { diagnosisCodes } from '../../scripts/docs/diagnosisCodes';
import { diagnosisCatalog } from './diagnosisCatalog';

describe('the page of the diagnosis', () => {
  it('lists every code below its rung, each once', () => {
    const page = diagnosisCodes();
    for (const [code, { rung }] of Object.entries(diagnosisCatalog)) {
      const section = page
        .split('### ')
        .find(text => text.startsWith(`${rung}\n`));
      expect(section).toContain(`\n| \`${code}\``);
    }
    expect(page.match(/^\| `/gm)).toHaveLength(
      Object.keys(diagnosisCatalog).length,
    );
  });
});
