import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';

/** On whose behalf traces are read, and until when. */
export function readOptionsOf({
  signal,
  userRef,
}: Pick<EntityContext, 'signal' | 'userRef'>): TraceReadOptions {
  return { signal, caller: userRef };
}
