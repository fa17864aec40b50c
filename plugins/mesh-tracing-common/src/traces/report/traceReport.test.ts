import type { Finding } from '../../shared/Finding';
import { analyzeTraces } from '../analyzeTraces';
import type { Trace } from '../model';
import { shop, shopRequest, shopSubject } from '../__testUtils__/shop';
import { sketchTrace } from '../__testUtils__/spans';
import { formatTraceReport } from './formatTraceReport';
import { collectErrors } from './reportedErrors';
import {
  buildTraceReport,
  type ReportedTracing,
  type TraceReport,
} from './traceReport';

const finding: Finding = {
  severity: 'warning',
  code: 'sampling-hidden',
  what: 'The namespace decides.',
  whatToDo: 'Set it at the workload.',
};

const tracing: ReportedTracing = {
  sampling: [
    {
      workload: {
        cluster: 'eu',
        namespace: 'ns',
        kind: 'Deployment',
        name: 'a-v1',
      },
      samplingPercent: 50,
      source: {
        kind: 'telemetry',
        namespace: 'ns',
        name: 'a-tracing',
        entry: 0,
        level: 'workload',
      },
      explanation: '50 %, set by Telemetry ns/a-tracing (for this workload).',
    },
  ],
  findings: [finding],
};

function reportOf(traces: Trace[]): TraceReport {
  return buildTraceReport({
    entityRef: 'component:default/a',
    owners: ['group:default/shop'],
    links: [{ url: 'https://wiki.example/a', title: 'Runbook' }],
    store: 'main',
    generatedAt: '2023-11-14T23:00:00.000Z',
    startTimeMs: shopRequest.startTimeMs,
    endTimeMs: shopRequest.endTimeMs,
    analysis: analyzeTraces(traces, { ...shopRequest, withSpanFigures: true }),
    coverage: 'All traces of the window.',
    samplingPercent: 100,
    errors: collectErrors(traces, shopSubject),
    tracing,
  });
}

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

  describe('with hostile texts', () => {
    const base = report.errors[0]!;
    const markdownOf = (message: string) =>
      formatTraceReport({
        ...report,
        errors: [{ ...base, message, operation: message }],
      });
    /** Rows of the table of errors, without what stands in code spans. */
    const rowsOf = (markdown: string) =>
      markdown
        .split('\n')
        .filter(line => line.startsWith('|') && line.includes(base.traceId))
        .map(line => line.replace(/(`+) .*? \1(?!`)/g, 'CODE'));

    it.each([
      'see https://evil.example/login',
      'HTTP://evil.example',
      'www.evil.example',
      'mail ada@evil.example now',
      'xmpp:ada',
      '[click](javascript:alert(1))',
      '<https://evil.example>',
      '![x](https://evil.example/a.png)',
      'ask @platform-team about shop#12',
      '``` ` https://evil.example `` ` | next',
      'https://a.example \\| b',
    ])('makes no link of %j', message => {
      const [row = '', ...others] = rowsOf(markdownOf(message));
      expect(others).toEqual([]);
      expect(row).not.toMatch(/:\/\/|www\.|xmpp:|@|(?<!\\)[[\]<#]/i);
      // Eight columns: nothing broke out of its cell.
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(9);
    });

    it('shows an address as it was written', () => {
      expect(markdownOf('GET http://stock:8080/a_b failed')).toContain(
        '| ` GET http://stock:8080/a_b failed ` |',
      );
    });

    it('has no character that hides or turns text, in Markdown and JSON', () => {
      const turned =
        'admin\u202e\u2066gpj.exe\u2069\u200b\u001b[31m\u0007\nnext';
      const hostile = buildTraceReport({
        entityRef: 'component:default/a',
        owners: [turned],
        links: [{ url: turned }],
        store: 'main',
        generatedAt: new Date(0).toISOString(),
        tracing: null,
        startTimeMs: 0,
        endTimeMs: 1,
        analysis: {
          ...analyzeTraces([shop()], shopRequest),
          dependencies: {
            neighbours: [],
            nodes: [
              { ...report.dependencies.nodes[0]!, id: turned, name: turned },
            ],
            edges: [
              { ...report.dependencies.edges[0]!, from: turned, to: turned },
            ],
          },
        },
        coverage: 'All.',
        samplingPercent: 100,
        errors: [{ ...base, message: turned, operation: turned }],
      });
      const hidden = /(?!\n)[\p{Cc}\u200b\u202e\u2066\u2069]/u;
      expect(JSON.stringify(hostile)).not.toMatch(hidden);
      expect(JSON.stringify(hostile)).not.toContain('\\u');
      expect(hostile.errors[0]?.message).toBe('admingpj.exe[31m\nnext');
      expect(formatTraceReport(hostile)).toContain(
        '| admingpj.exe\\[31m next | admingpj.exe\\[31m next |',
      );
      // Also where a report comes as it is, from another portal.
      expect(markdownOf(turned)).not.toMatch(hidden);
    });

    it('is cut without breaking the table', () => {
      for (const length of [299, 300, 301, 600]) {
        const [row = ''] = rowsOf(markdownOf('|'.repeat(length)));
        expect(row.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(9);
      }
    });
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
