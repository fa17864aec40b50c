/**
 * What marks the requests that are always to be traced: a header that is there, or one
 * that has a certain value, such as that of a user.
 * @public
 */
export interface ConditionalMark {
  /** In lower case. */
  header: string;
  /** The whole value; absent = any value, the empty one included. */
  value?: string;
}

/**
 * Why a mark can't be used. `header-form` and `value-form`: characters that the
 * generated configuration does not take; `header-secret`: a header that carries
 * credentials; `header-reserved`: one that the proxy writes or reads itself;
 * `header-everywhere`: one that nearly every request has, which needs a value.
 * @public
 */
export type ConditionalMarkProblem =
  | 'header-form'
  | 'header-secret'
  | 'header-reserved'
  | 'header-everywhere'
  | 'value-form';

/** Longest header name and value of a mark, in characters. @public */
export const MARK_LIMITS = { header: 64, value: 128 } as const;
