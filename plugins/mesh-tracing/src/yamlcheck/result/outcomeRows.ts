import type {
  SideBrief,
  TracingBrief,
  WorkloadOutcome,
} from 'backstage-plugin-mesh-tracing-common';

/** Fields of the brief, in the order in which they are shown. */
export const BRIEF_FIELDS = [
  'reporting',
  'provider',
  'sampling',
  'tags',
  'propagation',
] as const;
/** A field of the brief. */
export type BriefField = (typeof BRIEF_FIELDS)[number];

/** A value of one field; undefined where the side is not there. */
export type BriefValue = SideBrief | undefined;

/** A value that differs, before and after. */
export interface OutcomeRow {
  field: BriefField;
  side: 'both' | 'client' | 'server';
  before: BriefValue;
  after: BriefValue;
}

const KEYS: Record<BriefField, keyof SideBrief> = {
  reporting: 'spanReporting',
  provider: 'provider',
  sampling: 'samplingPercent',
  tags: 'customTags',
  propagation: 'disableContextPropagation',
};

/**
 * What differs of a workload. Both sides are one row where they have the same values,
 * as almost always.
 */
export function outcomeRows({ before, after }: WorkloadOutcome): OutcomeRow[] {
  return BRIEF_FIELDS.flatMap((field): OutcomeRow[] => {
    const differs = (side: 'client' | 'server') =>
      textOf(before[side], field) !== textOf(after[side], field);
    const row = (side: 'client' | 'server') => ({
      field,
      before: before[side],
      after: after[side],
    });
    if (isAlike(before, field) && isAlike(after, field)) {
      const side = before.server || after.server ? 'server' : 'client';
      return differs(side) ? [{ ...row(side), side: 'both' }] : [];
    }
    return (['server', 'client'] as const)
      .filter(differs)
      .map(side => ({ ...row(side), side }));
  });
}

/** Whether one value stands for a proxy: its sides agree, or it has one only. */
function isAlike({ client, server }: TracingBrief, field: BriefField) {
  return !client || !server || textOf(client, field) === textOf(server, field);
}

function textOf(side: SideBrief | undefined, field: BriefField): string {
  return side ? JSON.stringify(side[KEYS[field]]) : '';
}
