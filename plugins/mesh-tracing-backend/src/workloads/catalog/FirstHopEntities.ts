import type { EntityContext } from '../../shared/EntityContext';

/**
 * Finds the entity and the owners behind the service where traces begin, whose
 * sampling decides for all services after it, in the catalog as the caller sees it.
 */
export interface FirstHopEntities {
  entityOfService(
    context: EntityContext,
    service: string,
  ): Promise<{ entityRef?: string; ownerRefs: string[] }>;
}
