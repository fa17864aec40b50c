/** The permission that the portal's identity lacks. */
export interface RbacRule {
  apiGroup: string;
  resource: string;
  verbs: string[];
  namespace?: string;
  resourceName?: string;
}

/** The rule as it would stand in a Role or ClusterRole, in one line. */
export function rbacRule(rule: RbacRule): string {
  const parts = [
    `apiGroups: ["${rule.apiGroup}"]`,
    `resources: [${rule.resource}]`,
    ...(rule.resourceName ? [`resourceNames: [${rule.resourceName}]`] : []),
    `verbs: [${rule.verbs.join(', ')}]`,
  ];
  const scope = rule.namespace
    ? ` in namespace '${rule.namespace}'`
    : ' in the whole cluster';
  return `the RBAC rule { ${parts.join(', ')} }${scope}`;
}
