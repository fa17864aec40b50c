import { NotAllowedError } from '@backstage/errors';
import { tracesReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { EntityContext } from '../../shared/EntityContext';
import type { RouterServices } from '../RouterServices';

/**
 * Loads the entity, narrowed to what the caller may be shown traces of. An attempt to
 * read traces that belong to others is reported to the auditor and to them.
 *
 * @throws what EntityAccess.load and EntityAccess.withReadableTraces do
 */
export async function loadForTraces(
  { access, alarm }: Pick<RouterServices, 'access' | 'alarm'>,
  request: Request,
): Promise<EntityContext> {
  const context = await access.load(request, tracesReadPermission);
  try {
    return await access.withReadableTraces(context);
  } catch (error) {
    if (error instanceof NotAllowedError) {
      await alarm.traces(context);
    }
    throw error;
  }
}
