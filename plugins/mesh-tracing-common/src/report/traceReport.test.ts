import type { Trace } from '../traces';
import { shop } from '../testing/traces/shop';
import { sketchTrace } from '../testing/traces/spans';
import { formatTraceReport } from './formatTraceReport';
import { reportOf } from '../testing/report/shopReport';

/** What stands under a heading. */
function sectionOf(markdown: string, title: string): string {
  const [, section = ''] = markdown.split(`## ${title}\n`);
  return section.split('\n## ')[0] ?? '';
}

describe('the report', () => {
  const report = reportOf([shop()]);

  it('lists failed spans with message, status and time', () => {
    expect(report.errors).toHaveLength(2);
    expect(report.errors[1]).toMatchObject({
      message: 'broken | pipe',
      status: '503',
      timeMs: 1_700_000_000_000.004,
      isSubject: true,
    });
  });

  it('has peers, versions, critical path, and services that are not the entity', () => {
    expect(report.peers.map(({ peer }) => peer).sort()).toEqual([
      'b.ns',
      'gateway.ingress',
      'pay.example.com',
    ]);
    expect(report.versions).toMatchObject([{ version: 'v1', count: 1 }]);
    expect(report.criticalPath[0]).toMatchObject({ traceCount: 1 });
    expect(
      report.spanFigures?.services.map(({ service }) => service).sort(),
    ).toEqual(['a', 'a.ns', 'b.ns', 'gateway.ingress']);
  });

  it('is Markdown that texts from traces cannot break', () => {
    const markdown = formatTraceReport(report);
    expect(markdown).toContain('broken \\| pipe');
    expect(markdown).toContain('| a.ns | b.ns | grpc | 1 | 0 | 0.02 | 0.02 |');
    expect(markdown).toContain('| a.ns | a-in | 1 | 1 | 0.09 |');
  });
});

describe('the Markdown of a report', () => {
  const markdown = formatTraceReport(reportOf([shop()]));

  it('begins with a conclusion: requests, errors, critical path, versions, sampling with its source, findings', () => {
    const conclusion = sectionOf(markdown, 'Conclusion');
    expect(markdown.indexOf('## Conclusion')).toBeLessThan(
      markdown.indexOf('## Latency'),
    );
    expect(conclusion).toContain('95 % confidence');
    expect(conclusion).toContain(
      '2 spans of all services failed, in 1 of 1 traces.',
    );
    expect(conclusion).toMatch(/Most failures began in a\.ns, a-/);
    expect(conclusion).toContain('(critical path): a, a-app 46 %');
    expect(conclusion).toContain(
      'Versions of a.ns, against the busiest: v1 1 of 1 failed',
    );
    expect(conclusion).toContain(
      'Sampling of eu/ns/a-v1: 50 %, set by Telemetry ns/a-tracing \\(for this workload\\).',
    );
    expect(conclusion).toContain(
      'warning: The namespace decides. Set it at the workload.',
    );
    expect(conclusion.split('\n').length).toBeLessThan(20);
  });

  it('names owner, links, when it was made, and that times are UTC', () => {
    const [head = ''] = markdown.split('## Conclusion');
    expect(head).toContain('Owned by group:default/shop.');
    expect(head).toContain('- Runbook: ` https://wiki.example/a `');
    expect(head).toContain('all times are UTC');
    expect(head).toContain('Generated at 2023-11-14T23:00:00.000Z.');
  });

  it('says so where the reader may not see sampling, instead of nothing', () => {
    expect(
      formatTraceReport({ ...reportOf([shop()]), tracing: null }),
    ).toContain('Sampling and findings are not yours to read.');
  });

  it('groups failures that look alike, with the newest as example', () => {
    const again = (n: number): Trace => ({
      ...shop(),
      traceId: String(n).padStart(32, '0'),
      startTimeUs: shop().startTimeUs + n,
    });
    const errors = sectionOf(
      formatTraceReport(reportOf([again(1), again(2), again(3)])),
      'Errors',
    );
    expect(errors.match(/broken/g)).toHaveLength(1);
    expect(errors).toMatch(
      /\| 3 \| a\.ns \| a-in \| 503 \| broken .* \| 0{31}3 \|/,
    );
  });

  it('leaves out calls that neither lead to the entity nor follow from it', () => {
    const call = (id: string, service: string, parent?: string) => ({
      id,
      service,
      start: 0,
      duration: 9,
      kind: 'server' as const,
      ...(parent ? { parent } : {}),
    });
    const dependencies = sectionOf(
      formatTraceReport(
        reportOf([
          sketchTrace([
            call('1', 'web'),
            call('2', 'a', '1'),
            call('3', 'stock', '2'),
            call('4', 'ads', '1'),
            call('5', 'images', '4'),
          ]),
        ]),
      ),
      'Dependencies',
    );
    expect(dependencies).toContain('| web | a |');
    expect(dependencies).toContain('| a | stock |');
    expect(dependencies).not.toContain('images');
    expect(dependencies).toContain('Calls between 2 other pairs');
  });
});
