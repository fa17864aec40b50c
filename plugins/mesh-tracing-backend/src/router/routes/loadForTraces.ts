import { NotAllowedError } from '@backstage/errors';
import { tracesReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { EntityContext } from '../../shared/EntityContext';
import type { RouterServices } from '../RouterServices';

/**
 * The entity with what the caller may be shown traces of. An attempt on traces of
 * others is told of.
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
