export * from './fakeApi';
export * from './insightFixtures';
export * from './overrideForm';
export * from './overrideYaml';
export * from './renderTab';
export * from './samplingFixtures';
export * from './traceFixtures';
export * from './tracingFixtures';
