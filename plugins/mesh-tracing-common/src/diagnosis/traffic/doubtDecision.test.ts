import { goodRung, unknownRung } from '../model/judged';
import type { DiagnosisRung } from '../model/Diagnosis';
import { doubtDecision } from './doubtDecision';

const effective = {
  findings: [
    {
      severity: 'warning' as const,
      code: 'mesh-zero-percent',
      what: 'The mesh samples 0 %.',
      whatToDo: 'Raise it at the gateway.',
    },
  ],
};
const good = goodRung('decision', { cause: 'All requests begin here.' });

describe('a decision about which the configuration gives reason for doubt', () => {
  it.each([
    ['in order', good],
    [
      'not to be told',
      unknownRung('decision', { cause: 'Withheld.', needs: 'a permission' }),
    ],
  ])('is doubtful where traffic shows it %s', (_, rung) => {
    expect(doubtDecision(rung, effective)).toEqual({
      ...good,
      verdict: 'doubtful',
      code: 'mesh-zero-percent',
      cause: 'The mesh samples 0 %.',
      mends: [{ kind: 'advice', what: 'Raise it at the gateway.' }],
    });
  });

  it('stays what traffic shows where that is worse', () => {
    const rung: DiagnosisRung = { ...good, verdict: 'broken', code: 'x' };
    expect(doubtDecision(rung, effective)).toBe(rung);
  });

  it('stays good without such a finding', () => {
    expect(doubtDecision(good, { findings: [] })).toBe(good);
    expect(doubtDecision(good, undefined)).toBe(good);
  });
});
