import {
  SPAN_KINDS,
  senderBelongsTo,
  subjectSenders,
  type SpanTable,
  type TraceSubject,
} from '../../traces';

const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');

/**
 * Service names under which there are spans whose mesh identity says that the
 * subject sent them: names alone prove nothing here.
 * @public
 */
export function provenNames(
  tables: readonly SpanTable[],
  subject: TraceSubject,
): string[] {
  const identified = { ...subject, services: [] };
  const names = tables.flatMap(({ senderOf, senders, services }) => {
    const isSent = new Uint8Array(senders.length);
    senderOf.forEach(sender => {
      isSent[sender] = 1;
    });
    return senders.flatMap(({ identity, service }, sender) => {
      const name = services[service] as string;
      // A waypoint's span is about the workload that it served, but not of it.
      return isSent[sender] &&
        identity &&
        !identity.destination &&
        senderBelongsTo(name, identity, identified)
        ? [name]
        : [];
    });
  });
  return [...new Set(names)];
}

/**
 * How far the subject's clock is ahead of those of its callers, by calls of which
 * both spans are there: the middle of all that were compared.
 * @public
 */
export function clockAhead(
  tables: readonly SpanTable[],
  subject: TraceSubject,
): { comparedCount: number; aheadMs?: number } {
  const found = tables
    .flatMap(table => skewsOf(table, subject))
    .sort((a, b) => a - b);
  const middle = found[Math.floor(found.length / 2)];
  return {
    comparedCount: found.length,
    ...(middle === undefined ? {} : { aheadMs: middle / 1_000 }),
  };
}

/** Of each call to the subject, microseconds that its span lies outside of the caller's. */
function skewsOf(table: SpanTable, subject: TraceSubject): number[] {
  const isSubject = subjectSenders(table, subject);
  const skews: number[] = [];
  table.parents.forEach((parent, span) => {
    if (
      parent >= 0 &&
      table.kinds[span] === SERVER &&
      table.kinds[parent] === CLIENT &&
      isSubject[table.senderOf[span] as number] &&
      !isSubject[table.senderOf[parent] as number]
    ) {
      skews.push(outsideUs(table, span, parent));
    }
  });
  return skews;
}

/** A served call lies within the calling span; outside of it, the middles are compared. */
function outsideUs(table: SpanTable, span: number, parent: number): number {
  const [start, end] = [
    table.starts[span] as number,
    table.ends[span] as number,
  ];
  const [from, to] = [
    table.starts[parent] as number,
    table.ends[parent] as number,
  ];
  const isInside = start >= from && end <= to;
  return isInside ? 0 : (start + end) / 2 - (from + to) / 2;
}
