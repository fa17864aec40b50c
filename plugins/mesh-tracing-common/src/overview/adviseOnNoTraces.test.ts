import { adviseOnNoTraces } from './adviseOnNoTraces';
import { workloadWith } from '../testing/overviewFigures';

const adviceOn = (...workloads: Array<ReturnType<typeof workloadWith>>) =>
  adviseOnNoTraces({ workloads });

const outside = workloadWith();
outside.effective = { path: 'none', chain: [], ignored: [], findings: [] };

const captured = {
  ...outside,
  workload: { ...outside.workload, ambient: true as const },
};

const elsewhere = workloadWith();
elsewhere.effective.findings = [
  { severity: 'info', code: 'sampling-not-first-hop', what: '', whatToDo: '' },
];

describe('the advice where traces are missing', () => {
  it.each([
    ['no workload was found', [], 'no-workload'],
    ['there is no sidecar', [outside], 'no-proxy'],
    ['ztunnel alone carries it', [captured], 'ambient'],
    [
      'reporting is off',
      [workloadWith([], 'reporting-disabled')],
      'reporting-disabled',
    ],
    ['no provider is named', [workloadWith([], 'no-provider')], 'no-provider'],
    ['there is no tracer', [workloadWith([], 'no-tracer')], 'no-tracer'],
    ['nothing is sampled', [workloadWith([], 'reported', 0)], 'zero-percent'],
    ['others decide', [elsewhere], 'sampled-elsewhere'],
    ['little is sampled', [workloadWith([], 'reported', 100)], 'low-sampling'],
    ['all is sampled', [workloadWith([], 'reported', 10_000)], 'full-sampling'],
    ['one of two is traced', [outside, workloadWith()], 'low-sampling'],
  ])('follows effective tracing when %s', (_, workloads, reason) => {
    expect(adviceOn(...workloads).reason).toBe(reason);
  });

  it('makes no guess while tracing is not known', () => {
    expect(adviseOnNoTraces(undefined)).toEqual({ reason: 'unknown' });
  });

  it('brings the error that explains it', () => {
    const found = adviceOn(workloadWith(['info', 'error'], 'no-provider'));
    expect(found.finding?.code).toBe('a-error');
    expect(adviceOn(workloadWith(['info', 'warning'])).finding).toBeUndefined();
  });
});
