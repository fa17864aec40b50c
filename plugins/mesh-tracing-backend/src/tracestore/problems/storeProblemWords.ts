import type {
  AnswerForm,
  ProblemOf,
  StoreProblem,
  StoreProblemCode,
} from './StoreProblem';
import { transportWords, type ProblemWords } from './transportWords';

const CHECK_ADDRESS =
  'check its URL and base path, and whether a login page stands in front of it';

function nameOfForm(form: AnswerForm, status: number): string {
  switch (form) {
    case 'page':
      return 'a web page';
    case 'other-json':
      return `JSON of something else (status ${status})`;
    case 'empty':
      return 'an empty answer';
    default:
      return `something else (status ${status})`;
  }
}

const WORDS: {
  [C in StoreProblemCode]: (problem: ProblemOf<C>) => ProblemWords;
} = {
  overloaded: ({ waitingCount }) => ({
    what: `is overloaded: ${waitingCount} requests wait for it`,
    advice: 'try again later',
  }),
  unreachable: ({ failure, brokeOff }) => transportWords(failure, brokeOff),
  'timed-out': ({ limitMs }) => ({
    what: `did not answer within ${limitMs / 1000} s`,
    advice:
      'try a shorter window or fewer traces, or look whether the store is overloaded',
  }),
  'redirects-away': ({ host }) => ({
    what: `redirects to another host (${host})`,
    advice:
      'the redirect was not followed. Configure the final URL, or credentials if a login page stands in front of the store',
  }),
  'redirects-in-circles': () => ({
    what: 'redirects in circles',
    advice: 'check its URL and base path',
  }),
  'unknown-encoding': ({ encoding }) => ({
    what: `sent an answer that is compressed with '${encoding}', which was not asked for`,
  }),
  'answer-too-large': () => ({
    what: "sent an answer of which even a single trace is larger than the portal reads ('maxBodyBytes')",
    advice: 'choose a shorter window or fewer traces',
  }),
  'trace-too-large': () => ({
    what: 'sent a trace of which single spans are larger than the portal reads',
    advice:
      "a larger 'maxBodyBytes' in the store's configuration would show them",
  }),
  'tenant-missing': () => ({
    what: 'wants a tenant',
    advice: "set 'tenant' in its configuration",
  }),
  'tenant-unknown': () => ({
    what: 'does not know the configured tenant',
    advice: "check 'tenant.value' in its configuration",
  }),
  'credentials-refused': ({ status, settings }) => ({
    what: `refuses the portal's credentials (status ${status})`,
    advice: `check ${settings
      .map(setting => `'${setting}'`)
      .join(' and ')} in its configuration`,
  }),
  'unexpected-answer': ({ form, status }) => ({
    what: `sent ${nameOfForm(form, status)} instead of Jaeger's JSON`,
    advice: CHECK_ADDRESS,
  }),
  'dialect-missing': ({ dialect, status }) => ({
    what: `has no API of the configured dialect '${dialect}': it sent ${nameOfForm(
      'other',
      status,
    )}`,
    advice:
      "remove 'dialect' from its configuration, and the portal finds out what the store speaks; if it stays, check its URL and base path",
  }),
  'no-dialect': () => ({
    what: 'answers, but not as a Jaeger query service',
    advice: CHECK_ADDRESS,
  }),
  'unsupported-combination': () => ({
    what: 'cannot filter by duration and tags together',
  }),
  'limit-refused': () => ({
    what: 'refuses the search: it does not return that many traces at once',
    advice: 'ask for fewer',
  }),
  'service-required': () => ({
    what: 'refuses the search: its storage cannot search without a service name',
    advice: 'name a service',
  }),
  'no-archive': () => ({
    what: 'refuses the search: it has no archive storage',
  }),
  'rate-limited': () => ({
    what: 'limits the rate of requests',
    advice: 'try again later',
  }),
  'request-refused': ({ status, detail }) => ({
    what: `refuses the request${
      detail === undefined ? ` (status ${status})` : `: ${detail}`
    }`,
  }),
  'behind-proxy': ({ status }) => ({
    what: `is not available behind its proxy (status ${status})`,
    advice: 'check that it runs',
  }),
  'storage-failed': ({ status }) => ({
    what: `failed inside its storage (status ${status})`,
    advice: "its log, and the portal's, say why",
  }),
  'metrics-query-refused': ({ errorType }) => ({
    what: `refuses the query (${errorType})`,
    advice: "check 'prometheus.metrics' in its configuration",
  }),
  'metrics-unavailable': ({ status }) => ({
    what: `is not available (status ${status})`,
    advice: 'check that it runs',
  }),
  'no-prometheus': ({ status }) => ({
    what: `does not answer as Prometheus does (status ${status})`,
    advice:
      "check 'prometheus.url' in its configuration, or whether a login page stands in front of it",
  }),
  'too-many-series': () => ({
    what: 'sends more series than the portal reads',
  }),
};

/** What people read of a problem. Nothing is decided by it. */
export function wordsOf(problem: StoreProblem): ProblemWords {
  const words = WORDS[problem.code] as (of: StoreProblem) => ProblemWords;
  return words(problem);
}
