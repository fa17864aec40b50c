import type { PropagationCode } from '../../propagation';
import { describeCodes } from '../model/describeCodes';
import type { DiagnosisDescription } from '../model/DiagnosisDescription';

/** Codes of header propagation that are good news. */
export type PropagationFault = Exclude<
  PropagationCode,
  'headers-forwarded' | 'makes-no-calls' | 'proxy-only'
>;

const propagation = describeCodes('propagation');

const HAND_ON =
  'Let the application hand the headers on from each request to the calls that it makes for it.';
const WAIT = 'More traces: a longer window, or more sampling for a while.';

/** What each verdict on header propagation does to its rung. @public */
export const propagationRungCatalog = {
  'no-headers-forwarded': propagation(
    'broken',
    'Calls that the workload makes for its requests start new traces: it forwards no tracing headers.',
    HAND_ON,
  ),
  'trace-context-not-forwarded': propagation(
    'broken',
    'Calls that the workload makes for its requests start new traces: it forwards x-request-id, and not the trace context that its provider reads.',
    HAND_ON,
  ),
  'request-id-not-forwarded': propagation(
    'broken',
    'The workload forwards the trace context, and not x-request-id: each proxy after it decides anew about sampling, so that traces break off.',
    HAND_ON,
  ),
  'sampled-flag-lost': propagation(
    'broken',
    'The workload forwards the ids of traces, and not the decision to sample.',
    HAND_ON,
  ),
  'wrong-parent': propagation(
    'broken',
    'Calls hang on another request than the one that they were made for, or on spans that no store has.',
    'Forward the headers of the very request; let the spans of the application reach the same store.',
  ),
  'perhaps-not-forwarded': propagation(
    'doubtful',
    'Calls may start new traces; so few requests are traced, or so many at a time, that it is not sure.',
    'Trace all requests for a few minutes, and look again.',
  ),
  'too-few-calls': propagation(
    'unknown',
    'The workload made too few calls to tell.',
    WAIT,
  ),
  'calls-without-requests': propagation(
    'unknown',
    'The workload makes calls that start traces, and no request of it was traced that they could belong to.',
    WAIT,
  ),
  'no-traces': propagation(
    'unknown',
    'No trace of the window tells of calls of the workload.',
    WAIT,
  ),
} as const satisfies Record<PropagationFault, DiagnosisDescription>;
