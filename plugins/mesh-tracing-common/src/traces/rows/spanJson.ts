import type { Span } from '../model/Trace';
import { redactSpan } from './redactSpan';

/** The JSON of what everybody may see of a span, without the closing brace. */
export function openSpanJson(
  span: Pick<
    Span,
    | 'spanId'
    | 'parentSpanId'
    | 'service'
    | 'operation'
    | 'offsetUs'
    | 'durationUs'
  >,
): string {
  const { spanId, parentSpanId, service, operation, offsetUs, durationUs } =
    span;
  return JSON.stringify({
    spanId,
    parentSpanId,
    service,
    operation,
    offsetUs,
    durationUs,
  }).slice(0, -1);
}

/** The JSON of the rest, from its comma to the closing brace. */
export function spanDetailsJson(span: Span): string {
  const { spanId, parentSpanId, service, operation, offsetUs, ...rest } = span;
  const { durationUs, ...details } = rest;
  return `,${JSON.stringify(details).slice(1)}`;
}

/** What stands for the details of a span that the caller may not see. @public */
export const WITHHELD_DETAILS = spanDetailsJson(
  redactSpan({
    spanId: '',
    service: '',
    operation: '',
    kind: 'unspecified',
    status: 'unset',
    offsetUs: 0,
    durationUs: 0,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    warnings: [],
  }),
);
