import {
  decisionWithheld,
  judgeDecision,
  type DecisionFacts,
  type FirstHopFacts,
} from './judgeDecision';

const hop = (patch: Partial<FirstHopFacts> = {}): FirstHopFacts => ({
  name: 'istio-ingressgateway.istio-system',
  share: 0.97,
  samplingPercent: 1,
  isGateway: true,
  ...patch,
});
const facts = (patch: Partial<DecisionFacts> = {}): DecisionFacts => ({
  atMs: 1,
  ownPercent: 100,
  isGateway: false,
  beganAt: [],
  silentGateways: [],
  ...patch,
});
const traces = (count: number, beganHere: number) => ({
  traces: { count, beganHere },
});
const verdictOf = (patch: Partial<DecisionFacts>) => {
  const { code, verdict } = judgeDecision(facts(patch));
  return code ? `${verdict} ${code}` : verdict;
};

describe('the rung of the decision', () => {
  it('says who decides where most traces began elsewhere with another sampling, and leads there', () => {
    const rung = judgeDecision(
      facts({
        ...traces(100, 3),
        beganAt: [hop({ entityRef: 'component:default/gateway' })],
      }),
    );
    expect(rung).toMatchObject({
      id: 'decision',
      verdict: 'doubtful',
      code: 'decision-elsewhere',
      cause:
        '97 % of the traced requests arrive with a decision of istio-ingressgateway.istio-system: change it there.',
      mends: [
        {
          kind: 'action',
          action: 'open-entity',
          entityRef: 'component:default/gateway',
        },
      ],
    });
  });

  it('gives advice where the caller may not see the entity that decides', () => {
    const { mends } = judgeDecision(
      facts({ ...traces(100, 0), beganAt: [hop()] }),
    );
    expect(mends).toMatchObject([{ kind: 'advice' }]);
  });

  it.each([
    [
      'its sampling is the same',
      { ...traces(9, 0), beganAt: [hop({ samplingPercent: 100 })] },
    ],
    [
      'its sampling is unknown',
      { ...traces(9, 0), beganAt: [hop({ samplingPercent: undefined })] },
    ],
    ['most traces begin here', { ...traces(10, 8), beganAt: [hop()] }],
    ['all traces begin here', traces(10, 10)],
    ['it is a gateway', { isGateway: true }],
  ])('is good where %s', (_, patch) => {
    expect(verdictOf(patch)).toBe('good');
  });

  it('is broken where requests come from a gateway that samples none, and nothing is traced', () => {
    const callers = [hop({ samplingPercent: 0 })];
    expect(verdictOf({ ...traces(0, 0), callers })).toBe(
      'broken decision-elsewhere-off',
    );
    expect(verdictOf({ callers, ownPercent: 0 })).not.toContain('off');
  });

  it('takes a sidecar that samples none for no decision, as it may hand one on', () => {
    expect(
      verdictOf({ callers: [hop({ isGateway: false, samplingPercent: 0 })] }),
    ).toBe('good');
  });

  it('is doubtful where a gateway in front samples otherwise, without a trace to tell', () => {
    expect(verdictOf({ callers: [hop()] })).toBe('doubtful decision-elsewhere');
    expect(verdictOf({ callers: [hop({ samplingPercent: 100 })] })).toBe(
      'good',
    );
  });

  it('is doubtful where no trace is seen and a gateway of the mesh samples none', () => {
    const silentGateways = [hop({ samplingPercent: 0, share: 0 })];
    expect(verdictOf({ ...traces(0, 0), silentGateways })).toBe(
      'doubtful decision-elsewhere',
    );
    expect(verdictOf({ silentGateways })).toBe('unknown decision-unknown');
  });

  it('is unknown where nothing tells, or the caller may not see it', () => {
    expect(verdictOf(traces(0, 0))).toBe('unknown decision-unknown');
    expect(decisionWithheld(1).needs).toBe('mesh-tracing.traces.read');
  });
});
