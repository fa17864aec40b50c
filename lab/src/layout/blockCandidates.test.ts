import fc from 'fast-check';
import { blockCandidates } from './blockCandidates';

describe('blockCandidates', () => {
  it('names distinct blocks, none of them in 127.0 or 127.1', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        const blocks = blockCandidates(name, 64);

        expect(new Set(blocks).size).toBe(64);
        for (const block of blocks) {
          const [first, second, third] = block.split('.').map(Number);
          expect(first).toBe(127);
          expect(second).toBeGreaterThanOrEqual(80);
          expect(second).toBeLessThan(120);
          expect(third).toBeGreaterThanOrEqual(1);
          expect(third).toBeLessThanOrEqual(254);
        }
      }),
    );
  });

  it('begins at the same block each time for one name', () => {
    expect(blockCandidates('default', 3)).toEqual(
      blockCandidates('default', 3),
    );
    expect(blockCandidates('default', 1)).not.toEqual(
      blockCandidates('selftest', 1),
    );
  });
});
