/** How far overrides may reach, the least first. @public */
export const OVERRIDE_SCOPES = ['workload', 'namespace', 'mesh'] as const;

/** How far an override reaches. @public */
export type OverrideScope = (typeof OVERRIDE_SCOPES)[number];

/** A scope beyond one workload. @public */
export type WideScope = Exclude<OverrideScope, 'workload'>;
