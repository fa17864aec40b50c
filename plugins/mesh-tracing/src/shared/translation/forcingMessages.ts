/** Texts of tracing one request, of opening a trace by id, and of marked requests. */
export const forcingMessages = {
  openTrace: {
    label: 'Open a trace by id',
    placeholder: 'Trace id, traceparent or b3',
    open: 'Open',
    waiting: 'Looking for trace {{id}}: {{seconds}} of {{limit}} s',
    settling: 'Found. Waiting a moment for the rest of its spans',
    cancel: 'Stop looking',
    again: 'Look again',
    notFound: 'Trace {{id}} has not arrived in {{seconds}} s',
    failed: 'Trace {{id}} could not be looked up',
    problems: {
      empty:
        'Paste a trace id, or a whole traceparent, b3 or uber-trace-id header',
      'too-long': 'This is longer than any trace id or header',
      'not-hexadecimal':
        'A trace id has hexadecimal digits only: 0 to 9 and a to f',
      'wrong-length':
        'A trace id has 16 or 32 digits, and this has {{digits}}: was all of it copied?',
      'all-zeros': 'An id of zeros is no trace',
      'no-id': 'This header holds a decision and no trace id',
      'unknown-version': 'No traceparent header has this version',
    },
    locatedOne: 'It belongs to an entity of yours:',
    located: 'It belongs to {{total}} entities of yours:',
    locatedIn: 'Open it in {{name}}',
    notYours:
      'Only traces with a span of an entity that you own are found here. If it belongs to others, open it on their page.',
  },
  traceOne: {
    button: 'Trace one request',
    title: 'Trace one request',
    intro:
      'This request is traced whatever the sampling, under an id that is made for it here. Send it, and this page waits for the trace.',
    hop: 'Where it enters',
    hops: {
      gateway: 'Gateway {{name}}',
      waypoint: 'Waypoint {{name}}',
      service: 'The service itself: {{name}}',
    },
    url: 'Address',
    urlGateway: 'A host and path that this gateway leads to the service',
    urlInside: 'Reachable from a pod of the cluster',
    urlProblems: {
      empty: 'Write a host name or a URL',
      'too-long': 'The address is too long',
      'not-a-url': 'This is no address',
      'not-http': 'Only http and https addresses can be traced',
      'has-credentials':
        'Leave user name and password out: the recipe is copied and sent around',
    },
    language: 'Written as',
    languages: {
      curl: 'curl',
      javascript: 'JavaScript',
      python: 'Python',
      go: 'Go',
    },
    copy: 'Copy the request',
    id: 'Trace id: {{id}}',
    newId: 'New id',
    sent: 'I sent it',
    none: 'No workload of this entity was found, so that there is nowhere to send a request.',
    headers: {
      w3c: 'Its provider reads traceparent. Since Envoy 1.39 its sampled flag is not enough: x-client-trace-id makes the proxy decide to trace by itself.',
      b3: 'Its provider reads B3, whose sampled flag decides.',
    },
    refused: 'No header has a request traced here',
    refusals: {
      'no-proxy':
        'No proxy stands here: the workload is not in the mesh, or nothing before it makes spans.',
      'provider-without-recipe':
        'Its tracing provider takes over ids of its own form only and reports to a system of its own, so that no id chosen here is found in the trace store.',
      'reporting-disabled':
        'Telemetry switches span reporting off here: the proxy then does not trace at all.',
      'no-provider': 'No tracing provider is in force here.',
      'provider-unusable':
        'The provider in force can not trace, or its service does not exist.',
      'tracing-disabled':
        'The mesh config switches tracing off (enableTracing).',
      'no-tracer': 'The proxy has no tracer.',
    },
    notes: {
      'sampler-decides':
        'The provider has a sampler of its own, which has the last word: the request may not be traced all the same.',
      'later-hops-decide-again':
        'Behind a service that does not pass on x-request-id the trace may break off: proxies of Istio 1.31 decide again there.',
      'no-context-onwards':
        'This proxy passes no trace context on: the services behind it begin traces of their own.',
      'entity-sends-no-spans':
        'No span leaves the workload of this entity, so that the trace can not be shown here.',
      'leads-there-unknown':
        'Choose an address by which this gateway leads to the service; which ones do is not known here.',
      'port-forward-passes-by':
        'Send it from a pod of the cluster, to the service. A port that kubectl port-forward opens leads past the proxy.',
    },
  },
  conditional: {
    title: 'Always trace marked requests',
    intro:
      'Generates an EnvoyFilter that traces every request with a header, or with a value of it, such as a user. It is not applied: that is for who runs the mesh.',
    lua: 'A Lua filter, as often copied, can not do this: the decision on sampling falls before HTTP filters run. The generated form changes the headers before that.',
    workload: 'Where',
    header: 'Header',
    value: 'Value',
    valueHint: 'Empty: any value',
    generate: 'Generate',
    copy: 'Copy YAML',
    reaches: 'Changes the proxies of {{names}}.',
    risksTitle: 'Know before you apply it',
    refused: 'There is no such configuration here',
    refusals: {
      waypoint: 'No form is proven to work at a waypoint.',
      'no-label': 'The pods share no label that a selector could use.',
    },
    risks: {
      spoofable:
        'Whoever can send this header has requests traced: nothing proves who sends it.',
      load: 'Each marked request is traced, in every service that it passes, however many there are.',
      'identity-in-clear':
        'The value stands in the configuration in clear text: use no secret, and no personal data.',
      'strip-at-edge':
        'The header arrives from outside, and goes on to the services, unless a gateway before removes it.',
      'before-authentication':
        'The decision falls before the filters that check who calls: headers that those set come too late.',
      'decided-before':
        'A request that arrives with the decision not to trace keeps it: this works where requests enter the mesh.',
      'breaks-with-upgrades':
        'An EnvoyFilter is tied to what istiod generates: try it again before each upgrade of Istio.',
      'unproven-version':
        'Proven with proxies of Istio 1.31: after applying it, see whether all proxies accepted it.',
      'reaches-others':
        'Other workloads of the namespace have the same labels and change, too.',
      'volatile-labels':
        'A label that selects the pods may change with a rollout: it would then match nothing.',
    },
  },
} as const;
