import { listSome } from '../../../shared/listSome';
import type { Workload, WorkloadPod } from '../../../workloads';
import type { DiagnosisEvidence, DiagnosisRung } from '../../model/Diagnosis';
import { faultyRung, goodRung, unknownRung } from '../../model/judged';
import { configurationCatalog } from '../configurationCatalog';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { bareReason, isCaptured, type BareReason } from './bareReason';
import { injectionMends } from './inMeshMends';
import { judgeAmbient } from './judgeAmbient';
import { judgeWithoutPods } from './judgeWithoutPods';
import { podsWithProxy, times, whyBare } from './podWords';

/** Reasons that call for a change first, those that a restart mends last. */
const ORDER: ReadonlyArray<BareReason['code']> = [
  'injection-refused',
  'host-network',
  'namespace-injection-disabled',
  'injection-label-missing',
  'revision-unknown',
  'ambient-not-captured',
  'namespace-unread',
  'pod-older-than-label',
  'not-injected',
];

/** Whether every pod of the workload is in the mesh. */
export function judgeInMesh(facts: ConfigurationFacts): DiagnosisRung {
  const { workload } = facts;
  const { pods, proxy } = workload;
  const unread = facts.unread.find(({ what }) => what === 'pods');
  if (unread && pods.length === 0) {
    return unknownRung('in-mesh', {
      cause: unread.message,
      needs: unread.whatToDo,
    });
  }
  if (pods.length === 0) return judgeWithoutPods(facts);
  const bare = pods.filter(pod => kindOf(pod, workload) === 'none');
  const isUnclear = pods.some(pod => kindOf(pod, workload) === undefined);
  if (isUnclear) {
    return unknownRung('in-mesh', {
      cause: `${
        proxy === 'none' ? 'No' : 'A'
      } pod of it is known to have a proxy; of each by itself it isn't told.`,
      needs: 'A cluster connection that tells which pods have a proxy.',
    });
  }
  if (bare.length === 0) {
    return goodRung('in-mesh', {
      cause: podsWithProxy(pods, bare),
      evidence: evidenceOf(facts, bare),
    });
  }
  const captured = bare.filter(
    pod => isCaptured(pod, workload.namespace, facts.injection) === true,
  );
  return captured.length === pods.length
    ? judgeAmbient(facts)
    : judgeBare(
        facts,
        bare.filter(pod => !captured.includes(pod)),
      );
}

function kindOf({ proxy }: WorkloadPod, workload: Workload) {
  return proxy ?? (workload.proxy === 'none' ? 'none' : undefined);
}

/** Pods that neither have a proxy nor are captured. */
function judgeBare(
  facts: ConfigurationFacts,
  bare: readonly WorkloadPod[],
): DiagnosisRung {
  const { workload, injection } = facts;
  if (bare.length === 0) return judgeAmbient(facts);
  const reasons = bare.map(pod => ({
    pod,
    reason: bareReason(pod, workload.namespace, injection),
  }));
  const [first] = [...reasons].sort(
    (a, b) => ORDER.indexOf(a.reason.code) - ORDER.indexOf(b.reason.code),
  );
  const reason = first?.reason ?? { code: 'namespace-unread' };
  const same = reasons.filter(item => item.reason.code === reason.code);
  const isJob = workload.kind === 'CronJob' || workload.kind === 'Job';
  return faultyRung(configurationCatalog, codeOf(reason, isJob), {
    cause: `${podsWithProxy(workload.pods, bare)} ${whyBare(
      reason,
      workload,
      same.length,
    )}`,
    evidence: [...evidenceOf(facts, bare), ...namespaceEvidence(facts, reason)],
    mends: injectionMends(facts, reason),
  });
}

/** Jobs are left out of the mesh on purpose more often than others. */
function codeOf({ code }: BareReason, isJob: boolean) {
  if (code === 'namespace-unread') return 'not-injected';
  const isPlain =
    code === 'injection-label-missing' || code === 'injection-refused';
  return isJob && isPlain ? 'job-without-proxy' : code;
}

function evidenceOf(
  { workload, atMs }: ConfigurationFacts,
  bare: readonly WorkloadPod[],
): DiagnosisEvidence[] {
  const { kind, namespace, name, pods } = workload;
  const listed = bare.map(({ name: pod, createdAtMs }) =>
    createdAtMs === undefined ? pod : `${pod} of ${times(createdAtMs)}`,
  );
  const without = bare.length > 0 ? ` Without one: ${listSome(listed)}.` : '';
  return [
    {
      source: `Pods of ${kind} ${namespace}/${name}`,
      seen: `${podsWithProxy(pods, bare)}${without}`,
      atMs,
    },
  ];
}

function namespaceEvidence(
  { workload, injection, unread, atMs }: ConfigurationFacts,
  reason: BareReason,
): DiagnosisEvidence[] {
  const { namespace } = workload;
  const source = `Namespace ${namespace}`;
  const known = injection?.namespaces?.get(namespace);
  if (!known) {
    const problem = unread.find(({ what }) => what === 'namespaces');
    const seen = problem
      ? `${problem.message} ${problem.whatToDo}`
      : 'Its labels are not known, so what it says of injection is not either.';
    return [{ source, seen, atMs }];
  }
  const labels = Object.entries(known.labels).map(
    ([key, value]) => `${key}=${value}`,
  );
  const since =
    reason.code === 'pod-older-than-label'
      ? ` The label was set by ${times(reason.setByMs)}.`
      : '';
  const seen =
    labels.length > 0
      ? `Its labels say ${labels.join(', ')}.${since}`
      : 'None of its labels asks for proxies.';
  return [{ source, seen, atMs }];
}
