export * from './model';
export * from './meshConfig';
export * from './effectiveTracing';
export * from './tracingInputs';
