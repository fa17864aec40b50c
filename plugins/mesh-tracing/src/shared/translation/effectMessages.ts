/** Texts of the verdict on a change of sampling, before and after it is applied. */
export const effectMessages = {
  effect: {
    title: 'What it does to traces',
    noneMore: 'No more traces expected: {{seen}} start here.',
    noneFewer: 'No fewer traces expected: {{seen}} start here.',
    more: 'More traces: {{after}} of the requests that start here are traced, {{before}} before. {{seen}} start here.',
    fewer:
      'Fewer traces: {{after}} of the requests that start here are traced, {{before}} before. {{seen}} start here.',
    moreIfAny:
      'More traces, if requests start here: {{after}} of those are traced, {{before}} before. Whether any do is not known.',
    fewerIfAny:
      'Fewer traces, if requests start here: {{after}} of those are traced, {{before}} before. Whether any do is not known.',
    entranceMore:
      'More traces: {{after}} of the requests that start here are traced, {{before}} before.',
    entranceFewer:
      'Fewer traces: {{after}} of the requests that start here are traced, {{before}} before.',
    unchanged: 'As many traces as before.',
    seen: '{{began}} of {{traces}} traces seen',
    seenNewest: '{{began}} of the {{traces}} newest traces seen',
    kept: 'Traces begun elsewhere keep their spans from here.',
    cut: 'Traces begun elsewhere keep their spans from here on where x-request-id arrives with the decision. Of those that arrive with their trace context alone, {{after}} keep them; {{before}} before.',
    asBefore:
      'Traces begun elsewhere keep their spans from here on where x-request-id arrives with the decision. Of those that arrive with their trace context alone, {{after}} keep them, as before.',
    notTraced:
      'This workload sends no spans, so that traces begun elsewhere have none of it.',
    tags: 'Tags appear on new spans.',
    tagsNotShown: 'Its tags appear nowhere: this workload sends no spans.',
    tagsOnly: 'Tags appear on new spans; sampling has no effect here.',
    noEffect: 'Sampling has no effect here.',
    firstHops: 'They start at',
    owner: 'Owner:',
  },
} as const;
