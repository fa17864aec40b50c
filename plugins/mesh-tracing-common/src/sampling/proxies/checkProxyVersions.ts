import type { OverrideRequest, PolicyVerdictView } from '../../api';
import type { Finding } from '../../shared/Finding';
import type { Telemetry, TelemetryTracing } from '../../tracing';
import type { Workload } from '../../workloads';
import { proxyVersionProblem, type ProxyVersionProblem } from './proxyVersions';

/** What an override may not hold because of the versions of the proxies. */
export interface ProxyVersionCheck {
  problems: PolicyVerdictView[];
  findings: Finding[];
}

const PROPAGATION = 'disableContextPropagation';

/**
 * What older proxies lack (Istio 1.29 added formatter tags, 1.30 the switch of
 * propagation): istiod leaves it out for them, and nothing would tell. What the
 * override carries already stays, so that it can be changed and extended.
 */
export function checkProxyVersions(options: {
  tracing: TelemetryTracing;
  scope: NonNullable<OverrideRequest['scope']>;
  current: Telemetry | undefined;
  workloads: readonly Workload[];
}): ProxyVersionCheck {
  const { tracing, scope, workloads } = options;
  const carried = options.current?.spec?.tracing?.find(Boolean);
  const formatter = Object.entries(tracing.customTags ?? {}).find(
    ([name, tag]) =>
      tag?.formatter &&
      tag.formatter.value !== carried?.customTags?.[name]?.formatter?.value,
  )?.[0];
  const formatterProblem =
    formatter === undefined
      ? undefined
      : proxyVersionProblem(
          workloads,
          { major: 1, minor: 29 },
          'Formatter tags need',
        );
  const propagationProblem =
    tracing[PROPAGATION] === undefined ||
    tracing[PROPAGATION] === carried?.[PROPAGATION]
      ? undefined
      : proxyVersionProblem(
          workloads,
          { major: 1, minor: 30 },
          'Switching context propagation needs',
        );
  // Proxies tell istiod their version themselves, and it sends older ones the
  // configuration without the tag: harmless, so one image without a version is no
  // reason to refuse all others. Trace headers that leave in silence are no such
  // loss, so propagation stays refused.
  const isTolerable = scope !== 'workload' && formatterProblem?.isUnknown;
  return {
    problems: [
      ...(formatterProblem && !isTolerable
        ? [
            refusal(
              'custom-tag-formatter',
              `customTags.${formatter}.formatter`,
              formatterProblem,
            ),
          ]
        : []),
      ...(propagationProblem
        ? [
            refusal(
              'propagation-proxy-version',
              PROPAGATION,
              propagationProblem,
            ),
          ]
        : []),
    ],
    findings:
      formatterProblem && isTolerable ? [warning(formatterProblem)] : [],
  };
}

function refusal(
  rule: string,
  field: string,
  { what, whatToDo }: ProxyVersionProblem,
): PolicyVerdictView {
  const message = whatToDo ? `${what}. ${whatToDo}` : what;
  return { rule, allowed: false, message, field };
}

function warning({ what, whatToDo }: ProxyVersionProblem): Finding {
  return {
    severity: 'warning',
    code: 'custom-tag-proxy-version',
    what: `${what}. Proxies that are older get no such tag, and nothing else changes for them.`,
    whatToDo: whatToDo ?? 'Look at the tags of new spans once pods run.',
  };
}
