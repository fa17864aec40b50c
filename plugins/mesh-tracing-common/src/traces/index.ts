export * from './model';
export * from './TraceSubject';
export * from './analysis';
