import type {
  IgnoredTelemetry,
  TelemetryLevel,
} from '../model/EffectiveTracing';
import type { TelemetryReading } from '../telemetry/readTelemetry';
import { attachmentRefusal, type AttachmentContext } from './attachment';
import { ignoredTelemetry } from './ignoredTelemetry';
import type { NamespaceTelemetries, TelemetryIndex } from './TelemetryIndex';

/** A Telemetry that applies to a proxy, and how near it stands. */
export interface ChainLink {
  reading: TelemetryReading;
  level: TelemetryLevel;
}

/** The Telemetries of a proxy: those that apply, in order, and the others. */
export interface TracingChain {
  links: readonly ChainLink[];
  ignored: IgnoredTelemetry[];
  /** Namespaces that were looked at, farthest first. */
  namespaces: readonly NamespaceTelemetries[];
}

/**
 * Which Telemetries apply, in the order in which they do (Istio:
 * applicableTelemetries): the root namespace's, the proxy's namespace's, for a
 * waypoint the service's namespace's, then all that attach in the current one.
 * @param followsService - whether istiod looks in the service's namespace,
 * 1.30.3 and 1.31 or newer.
 */
export function tracingChain(
  index: TelemetryIndex,
  context: AttachmentContext,
  followsService: boolean,
): TracingChain {
  const { proxy, rootNamespace, service } = context;
  const links: ChainLink[] = [];
  const ignored: IgnoredTelemetry[] = [];
  const namespaces: NamespaceTelemetries[] = [];
  const visit = (name: string, level: TelemetryLevel) => {
    const found = index.namespace(name);
    namespaces.push(found);
    ignored.push(...found.ignored);
    if (found.wide) link(found.wide, level, links, ignored);
    return found;
  };

  const root = rootNamespace ? visit(rootNamespace, 'root') : undefined;
  const own =
    root && proxy.namespace === rootNamespace
      ? root
      : visit(proxy.namespace, 'namespace');
  let current = own;
  if (
    followsService &&
    proxy.kind === 'waypoint' &&
    service &&
    service.namespace !== proxy.namespace
  ) {
    if (root && service.namespace === rootNamespace) {
      // Istio then applies the root namespace's a second time.
      current = root;
      if (root.wide) link(root.wide, 'service-namespace', links, []);
    } else {
      current = visit(service.namespace, 'service-namespace');
    }
  }
  attach(current, context, links, ignored);
  if (own !== current) passOver(own, context, ignored);
  if (root && root !== current && root !== own) {
    ignored.push(...root.ignoredAsRoot);
  }
  return { links, ignored, namespaces };
}

function link(
  reading: TelemetryReading,
  level: TelemetryLevel,
  links: ChainLink[],
  ignored: IgnoredTelemetry[],
): void {
  if (reading.entries.length === 0) {
    ignored.push(ignoredTelemetry(reading, 'no-tracing'));
  } else {
    links.push({ reading, level });
  }
}

function attach(
  current: NamespaceTelemetries,
  context: AttachmentContext,
  links: ChainLink[],
  ignored: IgnoredTelemetry[],
): void {
  for (const reading of current.narrow) {
    const refusal = attachmentRefusal(reading, context);
    if (refusal) ignored.push(ignoredTelemetry(reading, refusal));
    else link(reading, 'workload', links, ignored);
  }
}

/**
 * Records the narrow Telemetries of a namespace as ignored: that of a waypoint
 * whose service is in another one.
 */
function passOver(
  namespace: NamespaceTelemetries,
  context: AttachmentContext,
  ignored: IgnoredTelemetry[],
): void {
  for (const reading of namespace.narrow) {
    const refusal = attachmentRefusal(reading, context);
    ignored.push(
      ignoredTelemetry(reading, refusal ?? 'outside-current-namespace'),
    );
  }
}
