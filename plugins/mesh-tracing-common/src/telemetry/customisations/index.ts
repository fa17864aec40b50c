export * from './model';
export { describeSidecar } from './describeSidecar';
export { describeEnvoyFilter } from './describeEnvoyFilter';
