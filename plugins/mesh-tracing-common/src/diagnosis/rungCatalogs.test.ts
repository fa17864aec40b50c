import { RUNG_IDS } from './model/rungIds';
import { storeRungCatalog } from './store/storeRungCatalog';
import { trafficRungCatalog } from './traffic/trafficRungCatalog';

const all = { ...storeRungCatalog, ...trafficRungCatalog };

describe('the codes of the rungs about store and traffic', () => {
  it('begin with their rung, are in kebab case, and are described in whole sentences', () => {
    for (const [code, { meaning, rung, mend }] of Object.entries(all)) {
      expect(RUNG_IDS).toContain(rung);
      expect(code).toMatch(new RegExp(`^${rung}(-[a-z]+)+$`));
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(mend).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('have an unknown for each rung that must be read from somewhere', () => {
    const unknown = Object.values(all).flatMap(({ rung, verdict }) =>
      verdict === 'unknown' ? rung : [],
    );
    expect(new Set(unknown)).toEqual(
      new Set([
        'store',
        'names',
        'traffic',
        'decision',
        'export',
        'arrival',
        'limits',
      ]),
    );
  });
});
