import {
  explainTracing,
  type Finding,
  type ReportedSampling,
  type ReportedTracing,
  type Workload,
  decidingSide,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { toWorkloadRef } from '../workloads';
import type { WorkloadTracings } from '../tracing';

/** Sampling in force at the entity's workloads with its source, and what was found there. */
export function reportedTracing(
  { match, snapshots }: EntityContext,
  tracings: WorkloadTracings,
): ReportedTracing {
  const findings = new Map<string, Finding>();
  const sampling = match.workloads.map((workload): ReportedSampling => {
    const effective = tracings.effective(
      workload,
      snapshots.find(({ cluster }) => cluster === workload.cluster),
    );
    for (const finding of effective.findings) {
      findings.set(JSON.stringify(finding), finding);
    }
    return samplingOf(workload, effective);
  });
  return { sampling, findings: [...findings.values()] };
}

function samplingOf(
  workload: Workload,
  effective: ReturnType<WorkloadTracings['effective']>,
): ReportedSampling {
  const side = decidingSide(effective);
  const isOn = side?.enabled.value ?? false;
  const explanations = explainTracing(effective, workload);
  const name = effective.server ? 'server' : 'client';
  const field = isOn ? 'samplingPercent' : 'enabled';
  return {
    workload: toWorkloadRef(workload),
    samplingPercent: side && isOn ? side.samplingPercent.value : null,
    source: side ? side[field].source : null,
    explanation: explanations[side ? `${name}.${field}` : 'path'] ?? '',
  };
}
