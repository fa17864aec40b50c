import { exportWithheld, judgeExport, type ExportFacts } from './judgeExport';

const facts = (patch: Partial<ExportFacts> = {}): ExportFacts => ({
  atMs: 1,
  windowMs: 600_000,
  traceCount: 0,
  provider: 'jaeger-collector.tracing.svc.cluster.local:4317',
  providerNamespace: 'tracing',
  providerServiceName: 'jaeger-collector',
  unread: [],
  ...patch,
});
const verdictOf = (patch: Partial<ExportFacts>) => {
  const { code, verdict } = judgeExport(facts(patch));
  return code ? `${verdict} ${code}` : verdict;
};
const cluster = 'outbound|4317||jaeger-collector';

describe('the rung of the export', () => {
  it('is good where spans of the workload are in the store', () => {
    expect(verdictOf({ traceCount: 4 })).toBe('good');
  });

  it('is good where the proxies send and the collectors accept, few losses included', () => {
    const proxies = { spansSent: 500, spansDropped: 2 };
    expect(
      verdictOf({ proxies, collectors: { accepted: 900, refused: 3 } }),
    ).toBe('good');
    expect(verdictOf({ proxies })).toBe('good');
  });

  it('is broken where requests were to be traced and no span was sent', () => {
    const proxies = { spansSent: 0, decidedToTrace: 40 };
    expect(verdictOf({ proxies })).toBe('broken export-not-sent');
    expect(verdictOf({ proxies: { ...proxies, decidedToTrace: 3 } })).toBe(
      'unknown export-unknown',
    );
  });

  it('is broken where the proxies drop spans', () => {
    expect(verdictOf({ proxies: { spansSent: 90, spansDropped: 10 } })).toBe(
      'broken export-dropped',
    );
  });

  it('is broken where the proxies cannot connect, and names the endpoints to look at', () => {
    const collector = { cluster, requests: 0, connectFailures: 7 };
    const rung = judgeExport(facts({ proxies: { spansSent: 30, collector } }));
    expect(rung.code).toBe('export-unreachable');
    expect(rung.mends[0]).toMatchObject({
      kind: 'command',
      command:
        'kubectl -n tracing get endpointslices -l kubernetes.io/service-name=jaeger-collector',
    });
    const mended = { ...collector, requests: 50 };
    expect(
      verdictOf({
        traceCount: 3,
        proxies: { spansSent: 30, collector: mended },
      }),
    ).toBe('good');
  });

  it('is broken where the collector answers with errors', () => {
    const collector = { cluster, requests: 20, errors: 20 };
    expect(verdictOf({ proxies: { spansSent: 30, collector } })).toBe(
      'broken export-refused',
    );
  });

  it('is broken where the collectors refuse or lose spans, even if some arrive', () => {
    expect(
      verdictOf({ traceCount: 5, collectors: { accepted: 10, refused: 90 } }),
    ).toBe('broken export-collector-refuses');
    expect(
      verdictOf({ collectors: { accepted: 90, sent: 10, sendFailed: 80 } }),
    ).toBe('broken export-collector-loses');
    expect(
      verdictOf({ collectors: { accepted: 90, sent: 10, dropped: 80 } }),
    ).toBe('broken export-collector-loses');
  });

  it('is doubtful where the proxies send and the collectors receive nothing', () => {
    expect(
      verdictOf({ proxies: { spansSent: 30 }, collectors: { accepted: 0 } }),
    ).toBe('doubtful export-collector-idle');
  });

  it('is unknown where nothing tells, and lets the proxies tell of their tracing', () => {
    const rung = judgeExport(facts());
    expect(rung).toMatchObject({
      verdict: 'unknown',
      code: 'export-unknown',
      needs: expect.stringContaining('proxyStatsMatcher'),
      mends: [
        { kind: 'yaml', yaml: expect.stringContaining('inclusionRegexps') },
      ],
    });
    expect(exportWithheld(1).needs).toBe('mesh-tracing.traces.read');
  });
});
