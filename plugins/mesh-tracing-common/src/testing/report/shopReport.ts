import type { Finding } from '../../shared/Finding';
import { analyzeTraces } from '../../analysis';
import type { Trace } from '../../traces';
import { shopRequest, shopSubject } from '../traces/shop';
import {
  buildTraceReport,
  collectErrors,
  type ReportedTracing,
  type TraceReport,
} from '../../report';

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

/** A report of the service `a` of the shop. */
export function reportOf(traces: Trace[]): TraceReport {
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
