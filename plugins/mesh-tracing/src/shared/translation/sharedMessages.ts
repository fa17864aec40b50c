/** Texts that several views use. */
export const sharedMessages = {
  common: {
    cancel: 'Cancel',
    copied: 'Copied',
    noErrors: 'none',
    errors_one: '{{total}} error',
    errors_other: '{{total}} errors',
  },
  content: { label: 'Tracing' },
  views: {
    label: 'Tracing views',
    overview: 'Overview',
    traces: 'Traces',
    latency: 'Latency',
    dependencies: 'Dependencies',
    sampling: 'Sampling',
    diagnosis: 'Diagnosis',
  },
  timeRange: {
    label: 'Time range',
    '15m': 'Last 15 minutes',
    '1h': 'Last hour',
    '6h': 'Last 6 hours',
    '24h': 'Last 24 hours',
    custom: 'Custom range',
    fixed: '{{from}} to {{to}}',
    edit: 'Change range',
    from: 'From',
    to: 'To',
    invalid: 'The end must be after the start',
    show: 'Show',
    refresh: 'Refresh now',
    pause: 'Pause refresh',
    resume: 'Resume refresh',
  },
  states: {
    loading: 'Loading',
    retry: 'Try again',
    errorNoTrace: 'Trace not found',
    errorTraceStore: 'The trace store {{name}} did not answer as expected',
    errorCluster: 'The cluster {{name}} did not answer as expected',
    errorCatalog: 'The catalog did not answer as expected',
    errorPortal: 'Mesh Tracing could not answer',
    errorUnreachable: 'The portal could not be reached',
    errorWhatToDo: 'Try again. If this continues, contact your platform team.',
    forbidden: 'You may not see this',
    refused: 'This was refused',
    forbiddenWhatToDo:
      'Ask the owner of this entity, or the people who run this portal.',
  },
  older: {
    added_one: '{{total}} older one shown',
    added_other: '{{total}} older ones shown',
    end: 'Nothing older is left.',
  },
  findings: {
    error: 'Error',
    warning: 'Warning',
    info: 'Note',
    more: 'Read more',
  },
  coverage: {
    complete_one: 'The only trace of the window.',
    complete_other: 'All {{total}} traces of the window.',
    completeNone: 'The whole window was searched.',
    newest_one: 'The newest trace, of {{since}}; nothing older was read.',
    newest_other:
      'The newest {{total}} traces, since {{since}}; nothing older was read.',
    newestOf_one:
      'The newest trace, of {{since}}, of at least {{matched}} in the window.',
    newestOf_other:
      'The newest {{total}} of at least {{matched}} traces, back to {{since}}.',
    sameInstant:
      'At one instant more traces began than the trace store returns at once; some of them are missing.',
    unprovenFilter:
      'The trace store says that nothing passes the filters, but was never seen to apply them; of the newest traces, none does.',
    storageRecovering:
      'The storage of the trace store failed a moment ago; until all of it is back, traces and spans may be missing. Search again in a few seconds.',
    noneSince: 'Only searched back to {{since}} so far.',
    partialNone: 'No match in the part that was read.',
    partial_one: '{{total}} trace, perhaps not all of the window.',
    partial_other: '{{total}} traces, perhaps not all of the window.',
    belonging:
      '{{belonging}} of {{fetched}} traces read belong to this entity.',
    filteredHere:
      'Filtered here: {{matched}} of {{fetched}} traces read matched; the store can’t filter by {{filters}}.',
    failure: 'Without {{service}}: {{message}}',
    filters: {
      errors: 'errors',
      kind: 'span kind',
      tags: 'tags',
      spanDuration: 'span duration',
      traceDuration: 'trace duration',
    },
  },
  clusters: {
    simulated:
      'This mesh is simulated: services, traffic and traces are made up. Changes affect only the simulation.',
    staleTitle: 'The data of cluster {{name}} is not current',
    stale: 'Last seen at {{at}}. Mesh Tracing keeps trying to reach it.',
    syncingTitle: 'Cluster {{name}} is being read',
    syncing: 'Workloads and Telemetries may be missing until that is done.',
    problem: 'Cluster {{name}}: {{what}}',
  },
  mapping: {
    loading: 'Looking for workloads…',
    details: 'Details',
    title: 'How workloads and traces were found',
    workloads: 'Workloads',
    noWorkloads: 'No workload was found',
    noWorkloadsWhatToDo:
      'Check the annotation of this entity: the cluster may not run it now.',
    pods: '{{ready}} of {{total}} pods ready',
    names: 'Trace service names tried in store {{store}}',
    found: 'found',
    notFound: 'not found',
    unknown: 'could not be asked',
  },
  binding: {
    title: 'Whose workload it is',
    others: 'Held or claimed by',
    onBehalfOf: 'You would act on behalf of {{owners}}.',
    tracesWithheld:
      'Its traces are shown to those only who may read them at the entity that holds it.',
    decide: {
      contested:
        'One line in the cluster decides. If the workload is yours, ask who has access to the cluster to run:',
      other:
        'If the workload is yours, ask who has access to the cluster to run:',
    },
    copy: 'Copy command',
    contested: '{{name}}: contested, nobody changes it through this entity',
    weaker: '{{name}}: another entity holds it',
    unconfirmed: '{{name}}: neither named nor labelled by the cluster',
    withheld: 'not searched: it belongs to others',
  },
  missing: {
    title: 'Which workloads are this entity?',
    note: 'No annotation says so yet. Add one of these to its catalog file.',
    noSuggestion:
      'No workload with a likely name was found. Name the workload like this:',
    wouldMatch: 'This would match:',
    copy: 'Copy annotation',
    then: 'Once the catalog has read the change, this tab shows traces, latency, dependencies and sampling.',
  },
  acceptance: {
    steps: 'How far the change has come',
    applied: 'Applied.',
    accepted:
      'Accepted by {{accepted}} of {{proxies}} proxies of this workload.',
    pending:
      'Accepted by {{accepted}} of {{proxies}} proxies of this workload so far.',
    refusedStep: 'Refused: accepted by {{accepted}} of {{proxies}} proxies.',
    unknown: 'Not known whether the proxies accepted it.',
    refused:
      'Proxies refuse their configuration and keep the old one: {{pods}}. {{message}}',
    refusedWhatToDo:
      'Revert this override, or correct it: until then no later change reaches these proxies, whoever makes it.',
    refusedElsewhere:
      'No override of the portal is in force, so another resource of the mesh causes it; ask your platform team. Until then no change reaches these proxies.',
  },
  override: {
    title: 'Override',
    note: 'Temporary change. Ends automatically.',
    change: 'Change sampling or tags',
    permanent: 'without end',
    ending: 'ending now',
    notEnding: 'does not end by itself',
    managed:
      'Managed by {{tool}} now. The portal neither changes nor removes it, also not at its end; remove it where {{tool}} gets it from.',
    endsIn: 'ends in {{span}}',
    workload: 'Workload',
    oneWorkload:
      'This entity has {{total}} workloads. The change is for the chosen one only.',
    oneWorkloadOrWider:
      'This entity has {{total}} workloads. The change is for the chosen one, unless you say that it applies to more.',
    noWorkload: 'There is nothing to change',
    noWorkloadWhatToDo:
      'None of the workloads of this entity has a proxy that could trace.',
    forbidden: 'You may look, but not change',
    forbiddenReason: 'Owners of the entity may change its sampling.',
    active: 'Override in force',
    activeNamespace: 'Override in force for the whole namespace {{name}}',
    activeMesh: 'Override in force for the whole mesh of cluster {{name}}',
    by: 'by',
    endsAt: 'Until {{at}}.',
    reason: 'Reason: {{text}}.',
    isLive: 'Live in the mesh.',
    notLive: 'Written; the mesh has not confirmed it yet.',
    extend: 'Extend by 1 hour',
    extended: 'Override extended',
    extendTooLong:
      'Not extended: at most {{span}} from now are allowed, which is no later than its end',
    refused: 'Not extended; the reasons are below',
    extendLook: 'Not extended yet: look at what it would do, then confirm',
    revert: 'Revert now',
    reverted: 'Override reverted',
    confirmTitle: 'Revert the override?',
    confirmTitleNamespace:
      'Revert the override of the whole namespace {{name}}?',
    confirmTitleMesh:
      'Revert the override of the whole mesh of cluster {{name}}?',
    confirm:
      'The Telemetry is deleted; what the mesh and the namespace say is in force again at once.',
    confirmNamespace:
      'The Telemetry is deleted. Every workload of namespace {{name}} that it reaches, of other owners too, follows what the mesh says again at once.',
    confirmMesh:
      'The Telemetry is deleted. Every workload in cluster {{name}} that it reaches, of other owners too, follows the settings of the mesh from before it again at once.',
    applied: 'Applied; waiting for the mesh to take it up',
    appliedNote: 'The API server has stored it.',
    live: 'Live',
    liveNote: 'The mesh has it.',
    changeAgain: 'Change again',
  },
} as const;
