import { touchesOf } from './envoyFilterTouches';
import type { TracingEnvoyFilter } from './model';
import { isRecord, readLabels } from './readLabels';

/**
 * What an EnvoyFilter does to tracing, of any shape; undefined for one that does
 * nothing to it. Only patches are looked at, and nothing of them is kept.
 *
 * @public
 */
export function describeEnvoyFilter(
  object: unknown,
): TracingEnvoyFilter | undefined {
  if (!isRecord(object) || !isRecord(object.metadata)) return undefined;
  const { name, namespace } = object.metadata;
  if (typeof name !== 'string' || typeof namespace !== 'string') {
    return undefined;
  }
  const spec = isRecord(object.spec) ? object.spec : {};
  const touches = touchesOf(spec.configPatches);
  if (touches.length === 0) return undefined;
  const matchLabels = readLabels(spec.workloadSelector, 'labels');
  const targetNames = readTargets(spec.targetRefs);
  return {
    name,
    namespace,
    matchLabels,
    targetNames,
    touches,
  };
}

function readTargets(refs: unknown): string[] | undefined {
  if (!Array.isArray(refs) || refs.length === 0) return undefined;
  return refs.flatMap((ref: unknown) =>
    isRecord(ref) && typeof ref.name === 'string' ? [ref.name] : [],
  );
}
