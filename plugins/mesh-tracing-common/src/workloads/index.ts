export * from './model';
export * from './kubernetesObjects';
export * from './proxyFacts';
export * from './describePod';
export * from './buildWorkloads';
export * from './labelSelector';
export * from './parseWorkloadRefs';
export * from './traceServiceNames';
