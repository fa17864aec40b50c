import {
  customisationsOf,
  type EnvoyFilterTouch,
  type MeshTracingInputs,
  type TracingEnvoyFilter,
} from '../../tracing';
import type { Workload } from '../../workloads';
import type { DiagnosisRung } from '../model/Diagnosis';
import type { RungId } from '../model/rungIds';
import { faultyRung } from '../model/judged';
import { configurationCatalog } from './configurationCatalog';
import { shellWord } from './mends/kubectl';

/** The rung on which what an EnvoyFilter touches acts. */
const RUNG_OF: Record<EnvoyFilterTouch, RungId> = {
  // The tracing of a listener is no longer what the Telemetries say.
  tracing: 'telemetry',
  // The local decision is computed from the request id.
  'request-id': 'sampling',
  // Headers bring the decision along.
  'trace-headers': 'decision',
};

const WORDS: Record<EnvoyFilterTouch, string> = {
  tracing: 'the tracing configuration of the listeners',
  'request-id': 'request ids, from which the sampling decision is made',
  'trace-headers': 'headers that carry a trace or its decision',
};

/**
 * Names EnvoyFilters on the rungs on which they act. A rung that is well otherwise
 * becomes doubtful: what was computed for it, the filter may have changed.
 *
 * @param mesh - of which those count that reach the proxies of the workload
 * @public
 */
export function nameEnvoyFilters(
  rungs: readonly DiagnosisRung[],
  mesh: {
    inputs: MeshTracingInputs;
    workload: Workload;
    /** As of when the cluster is known, milliseconds since the epoch. */
    atMs: number;
  },
): DiagnosisRung[] {
  const { envoyFilters } = customisationsOf(mesh.inputs, mesh.workload);
  return rungs.map(rung => {
    const acting = envoyFilters.filter(({ touches }) =>
      touches.some(touch => RUNG_OF[touch] === rung.id),
    );
    return acting.length === 0 ? rung : withFilters(rung, acting, mesh.atMs);
  });
}

function withFilters(
  rung: DiagnosisRung,
  acting: readonly TracingEnvoyFilter[],
  atMs: number,
): DiagnosisRung {
  const envoyFilters = acting.map(
    ({ namespace, name }) => `${namespace}/${name}`,
  );
  const evidence = acting.map(({ namespace, name, touches }) => ({
    source: `EnvoyFilter ${namespace}/${name}`,
    seen: `It changes ${touches.map(touch => WORDS[touch]).join(', and ')}.`,
    atMs,
  }));
  if (rung.verdict !== 'good') {
    return { ...rung, envoyFilters, evidence: [...rung.evidence, ...evidence] };
  }
  const faulty = faultyRung(
    configurationCatalog,
    'envoy-filter-touches-tracing',
    {
      cause: `${
        acting.length === 1 ? 'EnvoyFilter' : 'EnvoyFilters'
      } ${envoyFilters.join(', ')} may change this. Without ${
        acting.length === 1 ? 'it' : 'them'
      }: ${rung.cause}`,
      evidence: [...evidence, ...rung.evidence],
      mends: acting.map(({ namespace, name }) => ({
        kind: 'command' as const,
        what: `Take EnvoyFilter ${namespace}/${name} away, after a look at what else it does.`,
        command: `kubectl -n ${shellWord(
          namespace,
        )} delete envoyfilter ${shellWord(name)}`,
      })),
    },
  );
  return { ...faulty, id: rung.id, docs: rung.docs, envoyFilters };
}
