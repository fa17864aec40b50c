import {
  MARK_LIMITS,
  type ConditionalMarkProblem,
} from 'backstage-plugin-mesh-tracing-common';

/** Why a mark can't be used, in one sentence without a full stop. */
export const markProblems: Record<ConditionalMarkProblem, string> = {
  'header-form': `The header has a name of lower-case letters, digits and dashes, ${MARK_LIMITS.header} characters at most`,
  'header-secret':
    'The header carries credentials, which no configuration should hold; choose one that marks requests and nothing else',
  'header-reserved':
    'The proxy reads or writes this header itself; choose one of your own, such as x-trace-me',
  'header-everywhere':
    'Nearly every request has this header, so that all would be traced; give a value, or choose another header',
  'value-form': `The value has letters, digits and . _ @ + : / = ~ - only, ${MARK_LIMITS.value} characters at most`,
};
