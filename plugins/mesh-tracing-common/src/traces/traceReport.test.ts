import { analyzeTraces } from './analyzeTraces';
import {
  buildTraceReport,
  collectErrors,
  formatTraceReport,
} from './traceReport';
import { shop, shopRequest, shopSubject } from './__testUtils__/shop';

describe('the report', () => {
  const report = buildTraceReport({
    entityRef: 'component:default/a',
    store: 'main',
    startTimeMs: shopRequest.startTimeMs,
    endTimeMs: shopRequest.endTimeMs,
    analysis: analyzeTraces([shop()], shopRequest),
    coverage: 'All traces of the window.',
    samplingPercent: 100,
    errors: collectErrors([shop()], shopSubject),
  });

  it('lists failed spans of the shopSubject with message, status and time', () => {
    expect(report.errors).toHaveLength(2);
    expect(report.errors[1]).toMatchObject({
      message: 'broken | pipe',
      status: '503',
      timeMs: 1_700_000_000_000.004,
    });
  });

  it('is Markdown that texts from traces cannot break', () => {
    const markdown = formatTraceReport(report);
    expect(markdown).toContain('broken \\| pipe');
    expect(markdown).toContain('| a.ns | b.ns | grpc | 1 | 0 | 0.02 | 0.02 |');
    expect(markdown).toContain('| a.ns | a-in | 1 | 1 | 0.09 |');
  });
});
