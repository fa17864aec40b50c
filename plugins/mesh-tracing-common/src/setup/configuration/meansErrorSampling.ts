/** Longer texts are no names, and nobody's intention is told by their end. */
const MOST_CHARACTERS = 200;

const ERROR_WORDS = new Set([
  'error',
  'errors',
  'err',
  'failed',
  'failing',
  'failure',
  'failures',
  'fault',
  '5xx',
]);
const SAMPLING_WORDS = new Set([
  'sample',
  'samples',
  'sampled',
  'sampler',
  'sampling',
  'trace',
  'traces',
  'traced',
  'tracing',
  'keep',
  'force',
  'always',
  'priority',
]);

/**
 * Whether a name says that errors are to be sampled: it has a word for an error and
 * one for sampling. `sampling.priority` is the tag by which OpenTracing asked for a
 * trace to be kept, and is tried on errors.
 */
export function meansErrorSampling(text: string): boolean {
  const words = text
    .slice(0, MOST_CHARACTERS)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.includes('sampling') && words.includes('priority')) {
    return true;
  }
  return (
    words.some(word => ERROR_WORDS.has(word)) &&
    words.some(word => SAMPLING_WORDS.has(word))
  );
}
