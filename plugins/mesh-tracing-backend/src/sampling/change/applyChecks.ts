import { InputError, NotAllowedError } from '@backstage/errors';
import { formatWorkloadRef } from 'backstage-plugin-mesh-tracing-common';
import type { ApplyRequest } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { withErrorDetails } from '../../shared/errorDetails';
import { contentHash } from '../model/canonicalJson';
import { overrideConflict } from '../model/overrideConflict';
import { plannedHash } from '../preview/OverridePreviewer';
import type { PlannedOverride } from '../model/PlannedOverride';
import type { PreviewClaims } from '../preview/PreviewTokens';

/** The token is of this person, this entity and this form. */
export function requireBound(
  claims: PreviewClaims,
  context: EntityContext,
  request: ApplyRequest,
): void {
  const isBound =
    claims.user === context.userRef &&
    claims.entity === context.entityRef &&
    claims.workload === formatWorkloadRef(request.override.workload) &&
    claims.form === contentHash(request.override);
  if (!isBound) {
    throw new InputError(
      'token: belongs to another preview. Preview this change, then confirm it',
    );
  }
}

/**
 * A change of many is confirmed by typing what it changes.
 *
 * @throws InputError with the field named
 */
export function requireTyped(
  { scope, target }: Pick<PlannedOverride, 'scope' | 'target'>,
  confirmScope: string | undefined,
): void {
  if (scope === 'workload') {
    return;
  }
  const [what, name] =
    scope === 'namespace'
      ? ['namespace', target.namespace]
      : ['cluster', target.cluster];
  if (confirmScope !== name) {
    throw withErrorDetails(
      new InputError(
        `confirmScope: type the name of the ${what}, ${name}, to confirm a change of all its workloads`,
      ),
      { system: 'portal', field: 'confirmScope' },
    );
  }
}

/** Why what was shown does not hold any more, or is not allowed any more. */
export function findRefusal(
  planned: PlannedOverride,
  claims: PreviewClaims,
): Error | undefined {
  if (planned.unreadable) {
    return planned.unreadable;
  }
  const current = planned.current ?? planned.occupant;
  const { baseYaml } = claims;
  const isSameObject = claims.base
    ? current?.metadata.uid === claims.base.uid &&
      current.metadata.resourceVersion === claims.base.resourceVersion
    : current === undefined;
  if (!isSameObject) {
    return overrideConflict(
      'The override changed since the preview',
      claims.entity,
      {
        current,
        baseYaml,
      },
    );
  }
  const refused = planned.verdicts.filter(verdict => !verdict.allowed);
  if (refused.length > 0) {
    return withErrorDetails(
      new NotAllowedError(refused.map(({ message }) => message).join('. ')),
      { system: 'portal', field: refused.find(({ field }) => field)?.field },
    );
  }
  return plannedHash(planned) === claims.content
    ? undefined
    : overrideConflict(
        'The workloads or the mesh changed since the preview, so something else would be written than was shown',
        claims.entity,
        { current, baseYaml },
      );
}
