import type { SpanTable } from '../traces';
import type { ClassifiedCall } from './classifyCalls';
import type {
  PropagationAnalysis,
  PropagationExample,
  PropagationRow,
  PropagationShare,
} from './model';

const MOST_ROWS = 50;
const MOST_EXAMPLES = 3;

/** Who makes calls. */
export type CallerName = Pick<
  PropagationRow,
  'caller' | 'callerVersion' | 'callerNamespace'
>;

/** What rows are made with. */
export interface RowContext {
  table: SpanTable;
  traceOf: Int32Array;
  /** Who sent a span. */
  nameOf: (span: number) => CallerName;
  shareOf: (calls: ClassifiedCall[]) => PropagationShare;
}

/** Calls by caller, operation and peer; those with most broken calls first. */
export function propagationRows(
  calls: ClassifiedCall[],
  context: RowContext,
): Pick<PropagationAnalysis, 'rows' | 'leftOut'> {
  const groups = new Map<string, ClassifiedCall[]>();
  for (const call of calls) {
    const key = JSON.stringify(namesOf(call, context));
    const group = groups.get(key);
    if (group) {
      group.push(call);
    } else {
      groups.set(key, [call]);
    }
  }
  // Estimating takes time: of very many, those with most broken calls matter.
  const sorted = [...groups.values()].sort(
    (a, b) => brokenOf(b) - brokenOf(a) || b.length - a.length,
  );
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map(group => rowOf(group, context))
    .sort((a, b) => b.brokenCount - a.brokenCount || b.callCount - a.callCount);
  const left = sorted.slice(MOST_ROWS);
  return {
    rows,
    leftOut: {
      rowCount: left.length,
      callCount: left.reduce((sum, { length }) => sum + length, 0),
    },
  };
}

function brokenOf(calls: ClassifiedCall[]): number {
  return calls.filter(
    ({ state, served }) =>
      state === 'broken' || (state === 'starting' && served !== undefined),
  ).length;
}

function namesOf(
  { call: { span, inner } }: ClassifiedCall,
  { table, nameOf }: RowContext,
) {
  const operation = table.operations[table.operationOf[span] as number] ?? '';
  const peer = table.peers[table.peerOf[inner] as number] ?? operation;
  return { ...nameOf(inner), operation, peer };
}

function rowOf(calls: ClassifiedCall[], context: RowContext): PropagationRow {
  const { table } = context;
  const starting = calls.filter(({ state }) => state === 'starting');
  const during = starting.filter(({ served }) => served !== undefined);
  const durations = starting
    .map(({ call }) => table.durations[call.span] as number)
    .sort((a, b) => a - b);
  return {
    ...namesOf(calls[0] as ClassifiedCall, context),
    ...context.shareOf(calls),
    newTraceDurationUs: durations[durations.length >> 1] ?? null,
    withinShare:
      during.length > 0
        ? during.filter(({ isWithin }) => isWithin).length / during.length
        : null,
    examples: calls
      .filter(
        ({ state, served }) =>
          state === 'broken' ||
          state === 'purpose' ||
          (state === 'starting' && served !== undefined),
      )
      .sort((a, b) => b.startUs - a.startUs)
      .slice(0, MOST_EXAMPLES)
      .map(call => exampleOf(call, context)),
  };
}

function exampleOf(
  {
    call,
    kind = 'no-headers',
    missing,
    served,
    startUs,
    trace,
  }: ClassifiedCall,
  { table, traceOf }: RowContext,
): PropagationExample {
  return {
    kind,
    ...(missing ? { missing } : {}),
    traceId: table.traceIds[trace] as string,
    ...(served === undefined
      ? {}
      : { servedTraceId: table.traceIds[traceOf[served] as number] as string }),
    startTimeMs: startUs / 1_000,
    durationUs: table.durations[call.span] as number,
  };
}
