import type { DiagnosisRung } from '../model/Diagnosis';
import type { RungId } from '../model/rungIds';
import { unknownRung } from '../model/judged';
import type { ConfigurationFacts } from './ConfigurationFacts';
import { judgeInMesh } from './inmesh/judgeInMesh';
import { judgeAccepted } from './judgeAccepted';
import { judgeReporting } from './judgeReporting';
import { judgeSampling } from './judgeSampling';
import { judgeProvider } from './provider/judgeProvider';
import { judgeTelemetry } from './telemetry/judgeTelemetry';

const OF_PROXIES: readonly RungId[] = [
  'telemetry',
  'provider',
  'sampling',
  'reporting',
  'accepted',
];

/**
 * The rungs of the mesh's configuration: in the mesh, Telemetries, provider,
 * sampling, reporting, accepted.
 * @public
 */
export function judgeConfiguration(facts: ConfigurationFacts): DiagnosisRung[] {
  if (facts.isSyncing) {
    return (['in-mesh', ...OF_PROXIES] as const).map(id =>
      unknownRung(id, {
        cause: `Cluster ${facts.workload.cluster} is being read for the first time.`,
        needs: 'A moment of patience, or an API server that answers.',
      }),
    );
  }
  const inMesh = judgeInMesh(facts);
  if (facts.effective.path === 'none') {
    return [
      inMesh,
      ...OF_PROXIES.map(id =>
        unknownRung(id, {
          cause:
            'No proxy stands beside or before the workload that would read it.',
          needs: 'A workload that is in the mesh: see the rung above.',
        }),
      ),
    ];
  }
  return [
    inMesh,
    judgeTelemetry(facts),
    judgeProvider(facts),
    judgeSampling(facts),
    judgeReporting(facts),
    judgeAccepted(facts),
  ];
}
