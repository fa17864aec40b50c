export * from './fakeApi';
export * from './insightFixtures';
export * from './renderTab';
export * from './traceFixtures';
export * from './tracingFixtures';
