import type { LabLayout } from '../layout/LabLayout';
import type { LabComponentName } from './ComponentSpec';

/**
 * What keeps and answers traces in a lab, in the order of their needs: the first
 * of them need none of the others.
 */
export function storeComponents(layout: LabLayout): {
  first: LabComponentName[];
  then: LabComponentName[];
} {
  if (layout.profile !== 'production') {
    return { first: ['jaeger'], then: [] };
  }
  const { collectorAddresses, storageAddresses } = layout;
  return {
    first: [
      ...storageAddresses.map((_, index) => `opensearch-${index + 1}` as const),
      'prometheus',
    ],
    then: [
      ...collectorAddresses.map(
        (_, index) => `jaeger-collector-${index + 1}` as const,
      ),
      'jaeger-query',
    ],
  };
}
