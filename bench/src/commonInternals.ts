// The benches share the simulation of the tests, which is no public API; only this file reaches into it.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export {
  proveSample,
  type SampleProof,
} from '../../plugins/mesh-tracing-common/src/testing/sample/proveSample';
