import type { DiagnosisRung } from '../../model/Diagnosis';
import { faultyRung, goodRung, unknownRung } from '../../model/judged';
import { configurationCatalog } from '../configurationCatalog';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { shellWord } from '../mends/kubectl';

const SCALABLE = new Set(['Deployment', 'StatefulSet']);

/** A workload of which no pod runs now. */
export function judgeWithoutPods(facts: ConfigurationFacts): DiagnosisRung {
  const { workload, atMs } = facts;
  const { kind, namespace, name, proxy } = workload;
  const evidence = [
    {
      source: `${kind} ${namespace}/${name}`,
      seen: 'No pod of it runs.',
      atMs,
    },
  ];
  if (kind === 'CronJob' || kind === 'Job') {
    return proxy === 'none'
      ? unknownRung('in-mesh', {
          code: 'between-runs',
          cause:
            'No pod of it runs now, and what is left of its runs shows no proxy: the injector adds one to pods, not to the template.',
          needs: 'A look while it runs.',
          evidence,
        })
      : goodRung('in-mesh', {
          cause: 'No pod of it runs now; the last one had a proxy.',
          evidence,
        });
  }
  return faultyRung(configurationCatalog, 'no-pods', {
    cause: `No pod of ${kind} ${namespace}/${name} runs, so nothing makes spans.`,
    evidence,
    mends: SCALABLE.has(kind)
      ? [
          {
            kind: 'command',
            what: 'Let one pod run.',
            command: `kubectl -n ${shellWord(
              namespace,
            )} scale ${kind.toLowerCase()}/${shellWord(name)} --replicas=1`,
          },
        ]
      : [
          {
            kind: 'advice',
            what: `Find out why ${kind} ${namespace}/${name} has no pods: its events and status tell.`,
          },
        ],
  });
}
