/** Texts of header propagation. */
export const propagationMessages = {
  propagation: {
    title: 'Header propagation',
    basis_one: 'Of {{total}} trace.',
    basis_other: 'Of {{total}} traces.',
    rates:
      'Weighed by sampling: {{served}} of the requests that arrive are traced, {{started}} of those that start here.',
    verdicts: 'What the traces say',
    noHeaders:
      '{{workload}} starts new traces for {{share}} of the calls that it makes while it serves a request: it forwards no tracing headers.',
    traceContext:
      '{{workload}} starts new traces for {{share}} of the calls that it makes while it serves a request: it forwards x-request-id, but not the trace context that its provider reads.',
    sampledFlag:
      '{{workload}} forwards the ids of the trace for {{share}} of its calls, but not the decision to sample, so that pieces of traces that were not sampled appear.',
    wrongParent:
      '{{share}} of the calls of {{workload}} hang on the wrong request: headers of another one are forwarded, or spans of the application never reach the store.',
    requestId:
      '{{workload}} keeps the trace, but forwards no x-request-id for {{share}} of its calls: each proxy decides anew about sampling, so that traces break off below 100 %.',
    perhaps:
      '{{workload}} may start new traces for calls that belong to a request, {{share}} of them as far as the traces tell. So few requests are traced, or so many are served at a time, that it can’t be told for sure: trace all requests for a few minutes.',
    perhapsUnknown:
      '{{workload}} makes calls that start traces, and no traced call that belongs to a request. It can’t be told whether they are made for requests that were not traced: trace all requests for a few minutes.',
    good: '{{workload}} hands on the headers: {{total}} calls join the traces of their requests.',
    goodMost:
      '{{workload}} hands on the headers: of {{total}} calls {{broken}} did not join.',
    noCalls:
      '{{workload}} makes no calls while it serves requests, so there is nothing to hand on.',
    proxyOnly: '{{workload}} is a proxy, which hands on the headers by itself.',
    tooFew:
      '{{workload}} made only {{total}} calls in this window, too few to tell.',
    withoutRequests:
      '{{workload}} makes calls on its own account only. They start traces, as they should.',
    noTraces:
      'No trace of {{workload}} in this window says anything about its calls.',
    range: '95 % confidence: {{bounds}}.',
    purpose_one:
      '{{total}} call starts a new trace on purpose, with a link to another.',
    purpose_other:
      '{{total}} calls start new traces on purpose, with links to others.',
    other_one: '{{total}} more call starts a trace outside of any request.',
    other_other: '{{total}} more calls start traces outside of any request.',
    table: 'Calls that do not join, by caller, operation and peer',
    caller: 'Caller and operation',
    peer: 'Peer',
    why: 'What is wrong',
    share: 'Not joined',
    calls: 'Calls',
    duration: 'Median duration',
    looks: 'Trace',
    newTrace: 'New trace',
    servedTrace: 'Its request',
    within: '{{share}} end while the request is served',
    left_one: '{{total}} more row is not shown.',
    left_other: '{{total}} more rows are not shown.',
    kinds: {
      noHeaders: 'no headers forwarded',
      traceContext: 'trace context not forwarded',
      requestId: 'x-request-id not forwarded',
      sampledFlag: 'sampled flag lost',
      wrongParent: 'wrong parent',
      purpose: 'new trace on purpose',
      none: 'joins',
    },
    empty: 'No calls in this window',
    emptyText:
      'No trace of this entity has a call to another service. Choose a longer window, or raise sampling for a while.',
    headers: 'Headers that the application hands on',
    headersOf:
      '{{workloads}}: from each request to the calls that are made for it, unchanged. The provider is {{provider}} ({{kind}}).',
    headersNone:
      '{{workloads}}: no tracing provider is in force; these are the headers of the usual ones.',
    purposes: {
      traceContext: 'names the trace and the span that the call hangs on',
      requestId:
        'carries the decision to sample from proxy to proxy, and joins traces to access logs',
      decision: 'carries the decision to sample',
    },
    mend: 'How to hand them on',
    mendNote:
      'Complete services that run as they are. OpenTelemetry hands on the trace context by itself; x-request-id is one header more, which it does not know.',
    language: 'Language',
    way: 'Way',
    otel: 'With OpenTelemetry',
    byHand: 'By hand',
    copy: 'Copy the program',
  },
} as const;
