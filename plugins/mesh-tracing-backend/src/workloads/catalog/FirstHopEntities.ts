import type { EntityContext } from '../../shared/EntityContext';

/** Tells who stands for a service of traces, in the catalog as a caller sees it. */
export interface FirstHopEntities {
  entityOfService(
    context: EntityContext,
    service: string,
  ): Promise<{ entityRef?: string; ownerRefs: string[] }>;
}
