/**
 * What is wrong with a store or with what it was asked. Code decides by `code` and
 * these fields; what people read is made of them by `wordsOf`.
 */
export type StoreProblem =
  /** So many requests of one caller wait already. */
  | { code: 'overloaded'; waitingCount: number }
  /** No connection, or (`brokeOff`) one that ended while the body was read; `failure` is Node's or undici's code. */
  | { code: 'unreachable'; failure: string; brokeOff: boolean }
  | { code: 'timed-out'; limitMs: number }
  | { code: 'redirects-away'; host: string }
  | { code: 'redirects-in-circles' }
  | { code: 'unknown-encoding'; encoding: string }
  /** The answer to a search for a single trace is too large. */
  | { code: 'answer-too-large' }
  /** Single spans of the trace are too large. */
  | { code: 'trace-too-large' }
  | { code: 'tenant-missing' }
  | { code: 'tenant-unknown' }
  /** `settings` are the keys of the configuration that hold the credentials. */
  | { code: 'credentials-refused'; status: number; settings: string[] }
  /** Asking again in another dialect may help. */
  | { code: 'unexpected-answer'; status: number; form: AnswerForm }
  /** It has no such API as the configuration says that it speaks. */
  | { code: 'dialect-missing'; dialect: string; status: number }
  /** It answers, and speaks none of the dialects. */
  | { code: 'no-dialect' }
  /** The storage can apply each filter, but not all together; fewer may work. */
  | { code: 'unsupported-combination' }
  /**
   * Asking for fewer traces helps; `most` as far as the store says it.
   * `isInMemory` where the words are those of Jaeger's in-memory storage.
   */
  | { code: 'limit-refused'; most?: number; isInMemory?: true }
  | { code: 'service-required' }
  | { code: 'no-archive' }
  | { code: 'rate-limited' }
  /** `detail` is what the store says, where it says it in its own form. */
  | { code: 'request-refused'; status: number; detail?: string }
  | { code: 'behind-proxy'; status: number }
  | { code: 'storage-failed'; status: number }
  | { code: 'metrics-query-refused'; errorType: string }
  | { code: 'metrics-unavailable'; status: number }
  | { code: 'no-prometheus'; status: number }
  | { code: 'too-many-series' };

/** What an answer is that is none of Jaeger's API. */
export type AnswerForm = 'page' | 'other-json' | 'empty' | 'other';

/** See {@link StoreProblem}. */
export type StoreProblemCode = StoreProblem['code'];

/** A problem of one kind. */
export type ProblemOf<C extends StoreProblemCode> = Extract<
  StoreProblem,
  { code: C }
>;
