import type { DocumentContext } from './DocumentContext';

/**
 * The namespace of a pasted resource: as it says, else that of the entity's
 * workloads where it is one. Undefined where that is not known.
 */
export function namespaceOf({
  recognised: { namespace },
  state,
  findings,
  lineOf,
}: Pick<DocumentContext, 'recognised' | 'state' | 'findings' | 'lineOf'>):
  | string
  | undefined {
  if (namespace !== undefined) return namespace;
  const own = new Set(state.workloads.map(workload => workload.namespace));
  const [only] = own;
  const line = lineOf(['metadata']);
  if (own.size === 1 && only !== undefined) {
    findings.add('namespace-assumed', `Namespace ${only} is assumed.`, {
      line,
    });
    return only;
  }
  findings.add('namespace-unknown', 'No namespace is named.', { line });
  return undefined;
}
