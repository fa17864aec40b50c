import { formatWorkloadRef, proxiesOf, type Workload } from '../../workloads';
import { listSome } from '../../shared/listSome';

/** Why a feature that older proxies lack can't be used with some workloads. */
export interface ProxyVersionProblem {
  /** One sentence, without a full stop. */
  what: string;
  whatToDo?: string;
  /** No proxy is known to be too old: of some the version can't be told. */
  isUnknown: boolean;
}

/**
 * Undefined when every proxy is known to be new enough. istiod leaves out what it
 * believes a proxy not to know, which nobody would notice, so a version that can't
 * be told is no reason to hope.
 */
export function proxyVersionProblem(
  workloads: readonly Workload[],
  needed: { major: number; minor: number },
  /** `Formatter tags need` */
  beginning: string,
): ProxyVersionProblem | undefined {
  const judged = [...new Set(workloads.flatMap(proxiesOf))].map(workload => ({
    workload,
    ...proxyVersions(workload),
  }));
  const needs = `${beginning} proxies of Istio ${needed.major}.${needed.minor} or newer`;
  const older = judged.flatMap(({ workload, known }) => {
    const version = known.find(candidate => !isAtLeast(candidate, needed));
    return version ? [`${formatWorkloadRef(workload)} has ${version}`] : [];
  });
  if (older.length > 0) {
    return { what: `${needs}; ${listSome(older)}`, isUnknown: false };
  }
  const unknown = judged.flatMap(({ workload, unknownPods }) =>
    unknownPods.map(pod => `pod ${workload.namespace}/${pod}`),
  );
  if (unknown.length > 0) {
    return {
      what: `${needs}, and the version of the proxy in ${listSome(
        unknown,
      )} can't be told: the image of container istio-proxy has no version in its tag`,
      whatToDo:
        'Name the image with its version, also beside a digest, as in proxyv2:1.31.0@sha256:…',
      isUnknown: true,
    };
  }
  return judged.length > 0 && judged.every(({ known }) => known.length === 0)
    ? {
        what: `${needs}, and no version can be told while no pod of ${listSome(
          judged.map(({ workload }) => formatWorkloadRef(workload)),
        )} runs`,
        isUnknown: true,
      }
    : undefined;
}

/** Versions of a workload's proxies, pod by pod; a pod may have none. */
function proxyVersions(workload: Workload): {
  known: string[];
  unknownPods: string[];
} {
  const proxied = workload.pods.filter(
    pod => pod.proxyVersion ?? pod.proxyConfig ?? pod.proxyEnvironment,
  );
  if (proxied.length === 0) {
    return workload.proxyVersion === undefined
      ? { known: [], unknownPods: workload.pods.map(({ name }) => name) }
      : { known: [workload.proxyVersion], unknownPods: [] };
  }
  return {
    known: proxied.flatMap(({ proxyVersion }) =>
      proxyVersion === undefined ? [] : [proxyVersion],
    ),
    unknownPods: proxied
      .filter(({ proxyVersion }) => proxyVersion === undefined)
      .map(({ name }) => name),
  };
}

function isAtLeast(
  version: string,
  { major, minor }: { major: number; minor: number },
): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version);
  const [actualMajor, actualMinor] = [Number(match?.[1]), Number(match?.[2])];
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}
