/** What is wrong with a store, as fields. All but `code` are absent where unknown. @public */
export interface TraceStoreProblem {
  /**
   * Stable: `unreachable`, `timed-out`, `no-dialect`, `redirects-away`,
   * `tenant-missing`, `tenant-unknown`, `credentials-refused`, `storage-failed` …
   */
  code: string;
  /** Of `unreachable`: the code of Node, OpenSSL or undici. */
  failure?: string;
  /** HTTP status. */
  status?: number;
  /** Of `redirects-away`: the host that it leads to. */
  host?: string;
  /** Whether that is the store's own host, by another scheme or port. */
  isSameHost?: boolean;
  /** Keys of the configuration that hold what was refused. */
  settings?: string[];
  /** What stands at the configured address, where it is no store. */
  standsThere?: 'login-page' | 'jaeger-page' | 'page' | 'something-else';
  /** Base path at the same host under which a store answers; empty for none. */
  answersAtPath?: string;
  /** Path of the configured URL, where it has one. */
  pathInUrl?: string;
}

/** Whether the store can be used, in plain words. @public */
export interface TraceStoreStatus {
  /** True when it answered as a trace store. */
  reachable: boolean;
  /** Such as `summaries`, `v3`, `legacy`, `simulated`. */
  dialect?: string;
  /** Of the store's program, as it tells it. */
  version?: string;
  /** What is wrong; absent when reachable. */
  message?: string;
  /** What to do about it; absent when reachable. */
  whatToDo?: string;
  /** The same as fields; absent when reachable, and where the store has none. */
  problem?: TraceStoreProblem;
  /** Time of one small request. */
  latencyMs?: number;
  /** Trace service names that it holds. */
  serviceCount?: number;
  /** How far its clock is ahead of the portal's; absent where it doesn't tell. */
  clockAheadMs?: number;
  /** Exactness of that. */
  clockErrorMs?: number;
  /** Where the store is asked for one tenant. */
  tenant?: {
    /** Header that names the tenant. */
    header: string;
    /** The tenant; not to be shown. */
    value: string;
    /** Whether requests without a tenant are refused; absent where not looked at. */
    isEnforced?: boolean;
  };
}
