import type {
  EffectiveTracing,
  EffectiveTracingSide,
  Sourced,
  TracingSource,
} from 'backstage-plugin-mesh-tracing-common';
import { TRACING_FIELDS, type TracingField } from '../fields/tracingFields';

/** Rungs of the ladder, the nearest to the workload first: nearer wins. */
export const RUNGS = [
  'workload',
  'namespace',
  'mesh',
  'proxy',
  'default',
] as const;

/** One rung of the ladder. */
export type Rung = (typeof RUNGS)[number];

/** A value that some level sets. */
export interface LadderValue {
  value: unknown;
  source: TracingSource;
  /** True for the value in force; the others are replaced by a nearer one. */
  wins: boolean;
}

/** A field over all rungs. */
export interface LadderRow {
  field: TracingField;
  effective: LadderValue;
  rungs: Record<Rung, LadderValue[]>;
}

/** Where in the ladder a source stands. */
export function rungOf(source: TracingSource): Rung {
  switch (source.kind) {
    case 'telemetry':
      return telemetryRung(source.level);
    case 'proxy-config':
      return 'proxy';
    case 'built-in-default':
    case 'istiod-environment':
      return 'default';
    default:
      return 'mesh';
  }
}

function telemetryRung(level: string): Rung {
  switch (level) {
    case 'root':
      return 'mesh';
    case 'workload':
      return 'workload';
    default:
      return 'namespace';
  }
}

/** The ladder of one side. */
export function ladderOf(side: EffectiveTracingSide): LadderRow[] {
  return TRACING_FIELDS.map(field => {
    const sourced = side[field] as Sourced<unknown>;
    const effective = {
      value: sourced.value,
      source: sourced.source,
      wins: true,
    };
    const values: LadderValue[] = [
      effective,
      ...sourced.shadowed.map(shadowed => ({ ...shadowed, wins: false })),
    ];
    const rungs = Object.fromEntries(
      RUNGS.map(rung => [
        rung,
        values.filter(({ source }) => rungOf(source) === rung),
      ]),
    ) as Record<Rung, LadderValue[]>;
    return { field, effective, rungs };
  });
}

/** A side or, when both are the same, both at once. */
export interface LadderSide {
  name: 'both' | 'client' | 'server';
  side: EffectiveTracingSide;
}

/** The sides to show: one when both are equal or only one exists. */
export function ladderSides(effective: EffectiveTracing): LadderSide[] {
  const { client, server } = effective;
  if (client && server) {
    return TRACING_FIELDS.every(
      field => JSON.stringify(client[field]) === JSON.stringify(server[field]),
    )
      ? [{ name: 'both', side: client }]
      : [
          { name: 'client', side: client },
          { name: 'server', side: server },
        ];
  }
  if (client) {
    return [{ name: 'client', side: client }];
  }
  return server ? [{ name: 'server', side: server }] : [];
}
