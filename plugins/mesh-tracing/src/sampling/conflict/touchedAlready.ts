import type {
  OverrideView,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';

/** Whether every other workload of a preview has the override in force already. */
export function isTouchedAlready(
  { changes }: Pick<PreviewResponse, 'changes'>,
  { name, namespace }: Pick<OverrideView, 'name' | 'namespace'>,
): boolean {
  return changes
    .filter(({ intended }) => !intended)
    .every(({ before }) =>
      before.chain.some(
        link => link.name === name && link.namespace === namespace,
      ),
    );
}

/** Whether consent to touch others is all that a preview still needs. */
export function lacksConsentOnly({
  verdicts,
}: Pick<PreviewResponse, 'verdicts'>): boolean {
  const denied = verdicts.filter(({ allowed }) => !allowed);
  return (
    denied.length > 0 &&
    denied.every(({ field }) => field === 'acceptOtherWorkloads')
  );
}
