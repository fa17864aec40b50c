import { composeLadder } from './composeLadder';
import type { DiagnosisRung } from './model/Diagnosis';
import { RUNG_IDS, type RungId } from './model/rungIds';

const workload = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'checkout',
};

function rung(
  id: RungId,
  verdict: DiagnosisRung['verdict'] = 'good',
): DiagnosisRung {
  return {
    id,
    verdict,
    cause: 'Seen.',
    evidence: [],
    mends: [],
    docs: `diagnosis#${id}`,
  };
}

describe('a ladder', () => {
  it('stands in the order in which a trace needs its rungs, whatever order they were judged in', () => {
    const ladder = composeLadder(
      workload,
      [...RUNG_IDS].reverse().map(id => rung(id)),
    );
    expect(ladder.rungs.map(({ id }) => id)).toEqual(RUNG_IDS);
    expect(ladder).toMatchObject({ verdict: 'good' });
    expect(ladder.firstRung).toBeUndefined();
  });

  it('names the first broken rung, though a doubtful one stands below it', () => {
    const ladder = composeLadder(workload, [
      rung('names', 'doubtful'),
      rung('provider', 'broken'),
      rung('export', 'broken'),
    ]);
    expect(ladder).toMatchObject({ verdict: 'broken', firstRung: 'provider' });
  });

  it('names the first doubtful rung where none is broken', () => {
    const ladder = composeLadder(workload, [
      rung('store', 'unknown'),
      rung('limits', 'doubtful'),
    ]);
    expect(ladder).toMatchObject({ verdict: 'doubtful', firstRung: 'limits' });
  });

  it('is not called good where a rung could not be looked at', () => {
    expect(
      composeLadder(workload, [rung('store'), rung('traffic', 'unknown')]),
    ).toMatchObject({ verdict: 'unknown' });
    expect(composeLadder(workload, [])).toMatchObject({ verdict: 'unknown' });
  });
});
