import {
  bindingFindingCatalog,
  formatWorkloadRef,
  type BindingFindingCode,
  type BindingStanding,
  type Finding,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { explanationOf, namesOf } from './describeStanding';

const OF_STATE = {
  contested: 'binding-contested',
  weaker: 'binding-weaker',
  unconfirmed: 'binding-unconfirmed',
} as const satisfies Record<string, BindingFindingCode>;

/**
 * Findings on the claims on one workload, for the entity that holds it and for those
 * that do not.
 */
export function bindingFindings({
  context,
  seen,
  standing,
  workload,
}: {
  context: Pick<EntityContext, 'entityRef'>;
  seen: ReadonlySet<string>;
  standing: BindingStanding;
  workload: WorkloadRef;
}): Finding[] {
  const ref = formatWorkloadRef(workload);
  const { challengers, named, state } = standing;
  const findings: Finding[] = [];
  if (state !== 'holds') {
    findings.push(
      finding(
        OF_STATE[state],
        `${ref}: ${explanationOf(context, standing, seen)}`,
      ),
    );
  }
  if (challengers.length > 0) {
    findings.push(
      finding(
        'binding-claimed-by-others',
        `${ref} is claimed by ${namesOf(
          challengers,
          seen,
        )} too, which gets nothing by it.`,
      ),
    );
  }
  if (named && named.unreadable.length > 0) {
    findings.push(
      finding(
        'owners-annotation-unreadable',
        `What the cluster says of the owners of ${ref} can't be read in part: ${named.unreadable
          .map(item => `'${item}'`)
          .join(', ')}.`,
      ),
    );
  }
  return findings;
}

/**
 * A finding on trace service names that an entity lists though they belong to others.
 */
export function withheldNameFindings(names: string[]): Finding[] {
  return names.length === 0
    ? []
    : [
        finding(
          'binding-weaker',
          `The trace service names ${names.join(
            ', ',
          )} belong to workloads that other entities stand for, so that you are shown nothing by them here.`,
        ),
      ];
}

function finding(code: BindingFindingCode, what: string): Finding {
  const { severity, whatToDo } = bindingFindingCatalog[code];
  return { code, severity, what, whatToDo };
}
