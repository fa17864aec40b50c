import { isStoreError, problemIn, storeError } from './StoreError';
import type { StoreProblem } from './StoreProblem';
import { statusOfFailure } from './statusOfFailure';

const problems: StoreProblem[] = [
  { code: 'overloaded', waitingCount: 500 },
  { code: 'unreachable', failure: 'ECONNREFUSED', brokeOff: false },
  { code: 'unreachable', failure: 'ECONNRESET', brokeOff: true },
  { code: 'unreachable', failure: '', brokeOff: false },
  { code: 'timed-out', limitMs: 1500 },
  { code: 'redirects-away', host: 'login.example' },
  { code: 'redirects-in-circles' },
  { code: 'unknown-encoding', encoding: 'zstd' },
  { code: 'answer-too-large' },
  { code: 'trace-too-large' },
  { code: 'tenant-missing' },
  { code: 'tenant-unknown' },
  { code: 'credentials-refused', status: 403, settings: ['auth', 'headers'] },
  { code: 'unexpected-answer', status: 200, form: 'page' },
  { code: 'unexpected-answer', status: 404, form: 'other-json' },
  { code: 'no-dialect' },
  { code: 'unsupported-combination' },
  { code: 'limit-refused', most: 50 },
  { code: 'service-required' },
  { code: 'no-archive' },
  { code: 'rate-limited' },
  { code: 'request-refused', status: 400, detail: "unable to parse 'start'" },
  { code: 'request-refused', status: 413 },
  { code: 'behind-proxy', status: 503 },
  { code: 'storage-failed', status: 500 },
  { code: 'metrics-query-refused', errorType: 'bad_data' },
  { code: 'metrics-unavailable', status: 503 },
  { code: 'no-prometheus', status: 200 },
  { code: 'too-many-series' },
];

describe('the error of a problem with a store', () => {
  it('says in its class who can mend it, and in its message what happened', () => {
    const lines = problems.map(problem => {
      const { name, message } = storeError('main', problem);
      return `${name}: ${message}`;
    });
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      ServiceUnavailableError: Trace store 'main' is overloaded: 500 requests wait for it; try again later
      ServiceUnavailableError: Trace store 'main' refuses the connection; check that it runs, and its host and port
      ServiceUnavailableError: Trace store 'main' cut the connection before its answer was complete; look whether it restarted or ran out of memory
      ServiceUnavailableError: Trace store 'main' cannot be reached
      ServiceUnavailableError: Trace store 'main' did not answer within 1.5 s; try a shorter window or fewer traces, or look whether the store is overloaded
      ServiceUnavailableError: Trace store 'main' redirects to another host (login.example); the redirect was not followed. Configure the final URL, or credentials if a login page stands in front of the store
      ServiceUnavailableError: Trace store 'main' redirects in circles; check its URL and base path
      ServiceUnavailableError: Trace store 'main' sent an answer that is compressed with 'zstd', which was not asked for
      InputError: Trace store 'main' sent an answer of which even a single trace is larger than the portal reads ('maxBodyBytes'); choose a shorter window or fewer traces
      InputError: Trace store 'main' sent a trace of which single spans are larger than the portal reads; a larger 'maxBodyBytes' in the store's configuration would show them
      NotAllowedError: Trace store 'main' wants a tenant; set 'tenant' in its configuration
      NotAllowedError: Trace store 'main' does not know the configured tenant; check 'tenant.value' in its configuration
      NotAllowedError: Trace store 'main' refuses the portal's credentials (status 403); check 'auth' and 'headers' in its configuration
      ServiceUnavailableError: Trace store 'main' sent a web page instead of Jaeger's JSON; check its URL and base path, and whether a login page stands in front of it
      ServiceUnavailableError: Trace store 'main' sent JSON of something else (status 404) instead of Jaeger's JSON; check its URL and base path, and whether a login page stands in front of it
      ServiceUnavailableError: Trace store 'main' answers, but not as a Jaeger query service; check its URL and base path, and whether a login page stands in front of it
      InputError: Trace store 'main' cannot filter by duration and tags together
      InputError: Trace store 'main' refuses the search: it does not return that many traces at once; ask for fewer
      InputError: Trace store 'main' refuses the search: its storage cannot search without a service name; name a service
      InputError: Trace store 'main' refuses the search: it has no archive storage
      ServiceUnavailableError: Trace store 'main' limits the rate of requests; try again later
      InputError: Trace store 'main' refuses the request: unable to parse 'start'
      InputError: Trace store 'main' refuses the request (status 413)
      ServiceUnavailableError: Trace store 'main' is not available behind its proxy (status 503); check that it runs
      ServiceUnavailableError: Trace store 'main' failed inside its storage (status 500); its log, and the portal's, say why
      InputError: Trace store 'main' refuses the query (bad_data); check 'prometheus.metrics' in its configuration
      ServiceUnavailableError: Trace store 'main' is not available (status 503); check that it runs
      ServiceUnavailableError: Trace store 'main' does not answer as Prometheus does (status 200); check 'prometheus.url' in its configuration, or whether a login page stands in front of it
      ServiceUnavailableError: Trace store 'main' sends more series than the portal reads
      "
    `);
  });

  it('carries the problem where a copy of its fields, as for HTTP, does not find it', () => {
    const error = storeError('main', { code: 'limit-refused', most: 50 });
    expect(isStoreError(error)).toBe(true);
    expect(problemIn(error, 'limit-refused')).toEqual({
      code: 'limit-refused',
      most: 50,
    });
    expect(problemIn(error, 'rate-limited')).toBeUndefined();
    expect({ ...error }).not.toHaveProperty('problem');
  });

  it('is told from any other error, whatever that says', () => {
    const other = new Error(storeError('main', { code: 'no-archive' }).message);
    expect(isStoreError(other)).toBe(false);
    expect(problemIn(other, 'no-archive')).toBeUndefined();
    expect(problemIn(undefined, 'no-archive')).toBeUndefined();
  });
});

describe('the status of a store that failed', () => {
  it('keeps what the store says in one piece, although it looks like advice', () => {
    const detail = 'no index; ask the storage team';
    expect(
      statusOfFailure(
        storeError('main', { code: 'request-refused', status: 400, detail }),
      ),
    ).toEqual({
      reachable: false,
      message: `Trace store 'main' refuses the request: ${detail}`,
      whatToDo: 'Look into the log of the trace store',
      problem: { code: 'request-refused', status: 400, detail },
    });
  });

  it('repeats an error that is no problem of a store', () => {
    expect(statusOfFailure(new Error('odd'))).toMatchObject({ message: 'odd' });
  });
});
