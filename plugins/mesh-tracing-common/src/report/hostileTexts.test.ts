import { analyzeTraces } from '../analysis';
import { shop, shopRequest } from '../testing/traces/shop';
import { formatTraceReport } from './formatTraceReport';
import { buildTraceReport } from './traceReport';
import { reportOf } from '../testing/report/shopReport';

describe('a report of hostile texts', () => {
  const report = reportOf([shop()]);
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
      .map(line => line.replace(/(?<!`)(`+) .*? \1(?!`)/g, 'CODE'));

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
    const turned = 'admin\u202e\u2066gpj.exe\u2069\u200b\u001b[31m\u0007\nnext';
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
