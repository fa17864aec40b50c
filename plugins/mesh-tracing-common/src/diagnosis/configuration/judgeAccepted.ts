import { INJECTION_LABELS, proxiesOf } from '../../workloads';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { faultyRung, goodRung, unknownRung } from '../model/judged';
import { configurationCatalog } from './configurationCatalog';
import type { ConfigurationFacts } from './ConfigurationFacts';
import { faultsOn } from './findingRungs';
import {
  labelNamespaceCommand,
  patchCommand,
  pointerPart,
  restartCommand,
  shellWord,
} from './mends/kubectl';
import { spokenSide } from './provider/providerWords';

/** Whether the proxies took what the mesh's configuration says. */
export function judgeAccepted(facts: ConfigurationFacts): DiagnosisRung {
  const { acceptance, effective } = facts;
  const [fault] = faultsOn('accepted', effective);
  const evidence = evidenceOf(facts);
  if (acceptance?.state === 'refused') {
    const words = acceptance.behind.find(({ refused }) => refused)?.message;
    return faultyRung(configurationCatalog, 'proxies-refuse', {
      cause: `Proxies refuse what istiod sent them and keep what they had${
        words ? `: ${withoutDump(words)}` : ''
      }.`,
      evidence,
      mends: refusalMends(facts),
    });
  }
  if (fault) {
    return faultyRung(configurationCatalog, fault.code, {
      cause: fault.what,
      evidence,
      mends: refusalMends(facts),
    });
  }
  const other = otherRevision(facts);
  if (other !== undefined) return judgeOtherRevision(facts, other, evidence);
  return judgeState(facts, evidence);
}

/**
 * Envoy's words in one line, without the listener that it refuses: Envoy prints it
 * whole, after this mark (protobuf: `goo.gle/debugproto`).
 */
function withoutDump(words: string): string {
  const [said = ''] = words.split('goo.gle/debugproto');
  return said.replace(/\s+/g, ' ').trim().replace(/[:.]$/, '');
}

function judgeState(
  { acceptance }: ConfigurationFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung {
  if (!acceptance || acceptance.state === 'unknown') {
    return unknownRung('accepted', {
      cause: acceptance?.message
        ? `Whether the proxies accepted their configuration can't be told: ${acceptance.message}`
        : "Whether the proxies accepted their configuration can't be told: istiod is not asked.",
      needs:
        "The setting istiod.debugUrls of the cluster in the portal's configuration, with every replica of istiod.",
      evidence,
    });
  }
  const { proxies, accepted } = acceptance;
  if (acceptance.state === 'pending') {
    return faultyRung(configurationCatalog, 'proxies-behind', {
      cause: `${accepted} of ${proxies} proxies have acknowledged their configuration; the others may take a moment.`,
      evidence,
      mends: [{ kind: 'advice', what: 'Look again in half a minute.' }],
    });
  }
  return goodRung('accepted', {
    cause: `${
      proxies === 1 ? 'Its one proxy has' : `All ${proxies} proxies have`
    } accepted the configuration.`,
    evidence,
  });
}

function evidenceOf({
  acceptance,
  workload,
}: ConfigurationFacts): DiagnosisEvidence[] {
  if (!acceptance) return [];
  const { state, proxies, accepted, behind, message, atMs } = acceptance;
  const source = `istiod, about the proxies of ${workload.namespace}/${workload.name}`;
  const pods = behind.slice(0, 3).map(({ pod, refused, message: words }) => ({
    source: `Pod ${workload.namespace}/${pod}`,
    seen: refused
      ? `It refused${words ? `: ${words}` : '.'}`
      : 'It has not acknowledged yet.',
    atMs,
  }));
  const seen =
    state === 'unknown'
      ? message ?? 'It could not tell.'
      : `${accepted} of ${proxies} proxies accepted what they were sent.`;
  return [{ source, seen, atMs }, ...pods];
}

/** Takes away what Envoy refuses, where that is known. */
function refusalMends(facts: ConfigurationFacts): DiagnosisMend[] {
  const tags = spokenSide(facts)?.customTags;
  const source = tags?.source;
  const kinds = ['literal', 'environment', 'header', 'formatter'] as const;
  const wrong = Object.entries(tags?.value ?? {})
    .filter(([, tag]) => kinds.every(kind => !tag[kind]) || tag.formatter)
    .map(([name]) => name);
  const look: DiagnosisMend = {
    kind: 'command',
    what: "Read the proxies' own words.",
    command: `kubectl -n ${shellWord(
      facts.workload.namespace,
    )} logs ${shellWord(
      `${facts.workload.kind.toLowerCase()}/${facts.workload.name}`,
    )} -c istio-proxy --since=15m | grep -i -E 'rejected|error adding'`,
  };
  if (source?.kind !== 'telemetry' || wrong.length === 0) return [look];
  return [
    {
      kind: 'command',
      what: `Remove the ${
        wrong.length === 1 ? 'custom tag' : 'custom tags'
      } ${wrong.join(', ')} from Telemetry ${source.namespace}/${source.name}.`,
      command: patchCommand(
        'telemetry',
        source,
        wrong.map(name => ({
          op: 'remove',
          path: `/spec/tracing/${source.entry}/customTags/${pointerPart(name)}`,
        })),
      ),
    },
    look,
  ];
}

/** The revision that serves the proxies, where it isn't the one whose mesh config is read. */
function otherRevision({
  workload,
  inputs,
  injection,
}: ConfigurationFacts): string | undefined {
  const [proxied] = proxiesOf(workload);
  const revision = proxied?.revision;
  const { environmentKnown, revision: read } = inputs.istiod;
  if (!revision || !environmentKnown) return undefined;
  const tag = injection?.injectors?.find(injector => injector.tag === revision);
  const meant = plain(tag?.revision ?? revision);
  return meant === plain(read) ? undefined : meant;
}

function plain(revision: string | undefined): string {
  return revision || 'default';
}

function judgeOtherRevision(
  { workload, inputs, atMs }: ConfigurationFacts,
  revision: string,
  evidence: DiagnosisEvidence[],
): DiagnosisRung {
  const read = plain(inputs.istiod.revision);
  const label =
    read === 'default'
      ? `${INJECTION_LABELS.injection}=enabled ${INJECTION_LABELS.revision}-`
      : `${INJECTION_LABELS.revision}=${read} ${INJECTION_LABELS.injection}-`;
  const [asked = '', removed = ''] = label.split(' ');
  const restart = restartCommand(workload);
  const relabel = `${labelNamespaceCommand(
    workload.namespace,
    asked,
  )} ${removed}`;
  return faultyRung(configurationCatalog, 'other-revision', {
    cause: `The proxies take their configuration from revision ${revision}, and the mesh config that is read here is that of revision ${read}: providers and defaults may be others there.`,
    evidence: [
      {
        source: `Pods of ${workload.kind} ${workload.namespace}/${workload.name}`,
        seen: `They were injected by revision ${revision}.`,
        atMs,
      },
      { source: 'istiod', seen: `Its revision is ${read}.`, atMs },
      ...evidence,
    ],
    mends: [
      {
        kind: 'command',
        what: `Let revision ${read} serve the namespace, and restart the workload.`,
        command: [relabel, ...(restart ? [restart] : [])].join(' && '),
      },
      {
        kind: 'config',
        what: `Or let the portal read the mesh config of revision ${revision}.`,
        yaml: `meshTracing:\n  clusters:\n    - name: ${workload.cluster}\n      revision: ${revision}\n`,
      },
    ],
  });
}
