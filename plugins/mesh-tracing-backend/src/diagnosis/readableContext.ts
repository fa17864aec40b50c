import type { EntityAccess } from '../access';
import type { EntityContext } from '../shared/EntityContext';
import { contextOfWorkload } from '../traces';
import type { LadderSubject } from './RungSource';

/** What of a ladder's subject this caller may read traces of. */
export interface ReadableContext {
  /** Of the entity. */
  ofEntity: EntityContext;
  /** The same, narrowed to the workload. */
  ofWorkload: EntityContext;
}

/** What may be read of a subject's traces; undefined where that is nothing. */
export async function readableContext(
  access: Pick<EntityAccess, 'withReadableTraces'>,
  { context, tracesReadable, workload }: LadderSubject,
): Promise<ReadableContext | undefined> {
  if (!tracesReadable || context.tracesHidden) {
    return undefined;
  }
  try {
    const ofEntity = await access.withReadableTraces(context);
    return { ofEntity, ofWorkload: contextOfWorkload(ofEntity, workload) };
  } catch {
    context.signal?.throwIfAborted();
    return undefined;
  }
}
