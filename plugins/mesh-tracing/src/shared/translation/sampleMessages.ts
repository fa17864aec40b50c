/** Texts that tell what statistics were computed from. */
export const sampleMessages = {
  sample: {
    about: 'about {{total}}',
    atLeast: 'at least {{value}}',
    exact_one: 'Exact: the only trace was read',
    exact_other: 'Exact: all {{total}} traces were read',
    exactNone: 'Exact: the whole window was searched and has no trace',
    estimated_one: 'Estimated from {{total}} of about {{of}} traces',
    estimated_other: 'Estimated from {{total}} of about {{of}} traces',
    noneRead: 'No trace was found in the parts that were read',
    slices: '{{total}} time slices',
    unread: '{{total}} of them not read',
    precision: 'p95 ±{{share}}',
    notRead: 'not read',
    tooFew: 'too few to be sure',
    noise: 'within the noise',
    refine: 'Refine',
    refineLabel: 'Refine: read more traces of this window',
    refineFailed:
      'More traces could not be read, so the figures stay as rough as they are. {{message}}',
    meaning: 'What this means',
    howRead:
      'Reading every trace would take too long. The window was cut into {{total}} time slices, and some traces of each were read. What they show counts for all traces of their slice.',
    whole_one: '{{total}} slice was read whole and counts exactly.',
    whole_other: '{{total}} slices were read whole and count exactly.',
    unreadMeaning_one:
      '{{total}} slice could not be read; the figures say nothing about it.',
    unreadMeaning_other:
      '{{total}} slices could not be read; the figures say nothing about them.',
    bounds:
      'Figures in brackets are bounds: in 19 of 20 such readings, the figure for all traces lies between them. “Within the noise” means that a difference is smaller than what the figures are uncertain by.',
    ofTraced:
      'Everything here is about traced requests. Requests that the mesh did not sample leave no trace.',
  },
} as const;
