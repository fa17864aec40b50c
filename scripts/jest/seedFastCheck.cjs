/**
 * Seeds the property tests, so that a run says tomorrow what it says today; a
 * failure prints its seed. FAST_CHECK_SEED tries other values:
 *
 *   FAST_CHECK_SEED=$RANDOM yarn test:unit
 *
 * Packages with property tests name this file in `jest.setupFiles` of their
 * package.json. It waits for the test that loads fast-check, since loading takes
 * longer than most test files do.
 */
const DEFAULT_SEED = 11;

jest.mock('fast-check', () => {
  const fastCheck = jest.requireActual('fast-check');
  const seed = Number(process.env.FAST_CHECK_SEED ?? DEFAULT_SEED);
  if (!Number.isSafeInteger(seed)) {
    throw new Error(
      `FAST_CHECK_SEED must be an integer, not ${process.env.FAST_CHECK_SEED}`,
    );
  }
  fastCheck.configureGlobal({ seed });
  return fastCheck;
});
