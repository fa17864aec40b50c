/** Texts of the verdict, and of what follows from effective tracing. */
export const verdictMessages = {
  verdict: {
    noData: 'No sampled request in this window',
    good_one: 'Nothing stands out: no error in {{total}} sampled request',
    good_other: 'Nothing stands out: no errors in {{total}} sampled requests',
    soFar_one: 'No error in {{total}} sampled request',
    soFar_other: 'No errors in {{total}} sampled requests',
    notKnown: 'Not known: {{parts}}.',
    parts: {
      requests: 'latency and errors',
      calls: 'the calls of this entity',
      sampling: 'effective tracing and its findings',
    },
    since: 'Of the newest requests, since {{at}}.',
    noComparison: 'There is no earlier window to compare with.',
    tooFew: 'Too few requests to compare with the window before.',
    similar: 'Latency and errors are like those of the window before.',
    faster: 'Faster than in the window before.',
    fewerErrors: 'Fewer errors than in the window before.',
    failing:
      'Failing: {{errors}} of {{total}} sampled requests ({{share}}){{codes}}',
    errors:
      'Some requests fail: {{errors}} of {{total}} sampled ({{share}}){{codes}}',
    refused:
      '{{errors}} of {{total}} sampled requests were refused ({{share}}){{codes}}',
    callers:
      'Calls from {{name}} fail: {{errors}} of {{total}} sampled calls ({{share}}){{codes}}',
    callersRefused:
      'Calls from {{name}} are refused: {{errors}} of {{total}} sampled calls ({{share}}){{codes}}',
    calls:
      'Calls to {{name}} fail: {{errors}} of {{total}} sampled calls ({{share}}){{codes}}',
    callsRefused:
      'Calls to {{name}} are refused: {{errors}} of {{total}} sampled calls ({{share}}){{codes}}',
    slower: 'Slower than in the window before: {{ratios}}',
    moreErrors:
      'More errors than in the window before: {{points}} percentage points more',
    versionSlower:
      'Version {{version}} of {{workload}} is slower than {{against}}{{ratio}}',
    versionErrors:
      'Version {{version}} of {{workload}} has more errors than {{against}}',
    notTraced: 'Not traced: {{why}}',
    notTracedSome:
      '{{workloads}} of {{total}} workloads are not traced: {{why}}',
    more_one: 'One more reason is below.',
    more_other: '{{total}} more reasons are below.',
    slowest:
      'Most time goes to {{operation}} in {{service}}: {{share}} of the time spent here and in what is called.',
  },
  ratio: {
    same: '{{percentile}} unchanged',
    higher: '{{percentile}} {{percent}} higher',
    lower: '{{percentile}} {{percent}} lower',
    times: '{{percentile}} {{factor}} times as high',
  },
  failures: {
    codes: ': {{list}}',
    http: '{{total}} × {{code}}',
    grpc: '{{total}} × gRPC {{code}}',
    none: '{{total}} without a status code',
    more: 'others',
    refused_one: '{{total}} refused',
    refused_other: '{{total}} refused',
  },
  notTraced: {
    'reporting-disabled': 'span reporting is disabled',
    'no-provider': 'no usable tracing provider is named',
    'provider-unusable': 'the tracing provider cannot be used',
    'tracing-disabled': 'enableTracing is false in the mesh config',
    'no-tracer': 'the proxies have no tracer',
    'no-proxy': 'not in the mesh',
    ambient: 'in the ambient mesh, no waypoint',
  },
  noTraces: {
    unknown:
      'Effective tracing is not known, so neither is whether a longer window would help.',
    'no-workload':
      'No workload of this entity was found, so it is not known what traces it. Check its annotation.',
    'no-proxy':
      'The workloads are not in the mesh, so no proxy traces them. Add them to the mesh, or let the application send spans of its own.',
    ambient:
      'The workloads are in the ambient mesh without proxies of their own, and no waypoint traces the requests to them. Create one, or let the application send spans of its own.',
    'reporting-disabled':
      'Span reporting is disabled for these workloads, so no window has traces of theirs. Remove disableSpanReporting where it is set.',
    'no-provider':
      'Tracing is off, because no provider is named that the mesh has. Name one in the Telemetry or as default provider.',
    'provider-unusable':
      'Tracing is off, because the provider cannot be used. Correct it in the mesh config.',
    'tracing-disabled':
      'Tracing is off in the mesh config (enableTracing). Ask your platform team to name a tracing provider.',
    'no-tracer':
      'The proxies have no tracer, so no span leaves them. Ask your platform team to name a default tracing provider.',
    'zero-percent':
      '0 % of the requests are sampled. Raise sampling for a while to see some.',
    'sampled-elsewhere':
      'Whether a request is sampled is decided before it arrives here. Choose a longer window, or raise sampling where requests enter the mesh.',
    'low-sampling':
      'Choose a longer window, or raise sampling for a while to see more.',
    'full-sampling':
      'Every request that starts here is sampled, so perhaps none arrived. Choose a longer window, or see whether spans reach the trace store.',
    toSampling: 'To sampling',
    noServices: 'The trace store knows no service of this entity.',
  },
  address: {
    title: 'The address asks for something that does not exist',
    range: 'Time range “{{value}}”: the last hour is shown.',
    window:
      'From “{{from}}” to “{{to}}”: this is no time range, another one is shown.',
    view: 'View “{{value}}”: the overview is shown.',
    sort: 'Sorted by “{{value}}”: the usual order is shown.',
    kind: 'Span kind “{{value}}”: all kinds are shown.',
    limit: 'Limit “{{value}}”: {{used}} is used.',
    show: 'Filter “{{value}}”: all entities are shown.',
  },
} as const;
