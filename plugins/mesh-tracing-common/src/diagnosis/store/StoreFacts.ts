/**
 * What is wrong with a trace store, as fields. `code` and fields are those that the
 * store's own errors carry; what stands at its address was looked at besides.
 * @public
 */
export interface StoreProblemFacts {
  /** `unreachable`, `timed-out`, `tenant-unknown` …; `other` where nothing is known. */
  code: string;
  /** Of `unreachable`: the code of Node, OpenSSL or undici. */
  failure?: string;
  /** HTTP status. */
  status?: number;
  /** Of a redirect: the host that it leads to. */
  host?: string;
  /** Whether that is the configured host, by another scheme or port. */
  isSameHost?: boolean;
  /** Keys of the configuration that hold what was refused. */
  settings?: string[];
  /** What stands at the configured address, where it is no store. */
  standsThere?: 'login-page' | 'jaeger-page' | 'page' | 'something-else';
  /** Base path at the same host under which a store answers, such as `/jaeger`. */
  answersAtPath?: string;
  /** Path of the configured `url`, where it has one: `basePath` is added to it. */
  pathInUrl?: string;
  /** What happened, and what to do, in words. */
  message: string;
  whatToDo?: string;
}

/** How a trace store stands. @public */
export interface StoreFacts {
  /** Name in the configuration. */
  name: string;
  /** Milliseconds since the epoch. */
  atMs: number;
  /** Absent where the store answers. */
  problem?: StoreProblemFacts;
  /** Such as `summaries`, `v3`, `legacy`. */
  dialect?: string;
  version?: string;
  /** Time of one small request. */
  latencyMs?: number;
  /** Trace service names that it holds. */
  serviceCount?: number;
  /** How far its clock is ahead of the portal's; negative where it is behind. */
  clockAheadMs?: number;
  /** Exactness of that: HTTP tells whole seconds. */
  clockErrorMs?: number;
  tenant?: {
    /** Header that names the tenant. */
    header: string;
    /** Whether a request without tenant is refused; absent where not looked at. */
    isEnforced?: boolean;
  };
  /** Tenants that the mesh's providers send spans to, by the same header. */
  providerTenants?: string[];
  /** Start of the oldest trace of the entity that was seen in the window. */
  oldestSeenMs?: number;
}

/** Why there is no store to ask. @public */
export interface NoStoreFacts {
  reason: 'none' | 'several' | 'unknown-name';
  /** Of `unknown-name`: what the entity names. */
  named?: string;
  /** Names of the configured stores. */
  known: string[];
  /** Cluster of the workload. */
  cluster: string;
  atMs: number;
}
