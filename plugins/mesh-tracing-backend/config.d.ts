import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Mesh Tracing: traces, effective tracing and sampling overrides. */
  meshTracing?: {
    /** Clusters whose workloads and Telemetries are watched. */
    clusters?: Array<{
      /** Unique; appears in annotations and in the UI. */
      name: string;
      connection: {
        /** How the API server is reached. */
        type: 'kubeconfig' | 'inCluster' | 'serviceAccount';
        /** `kubeconfig`: path of the file. */
        path?: string;
        /** `kubeconfig`: context; the current one when absent. */
        context?: string;
        /** `serviceAccount`: URL of the API server. */
        url?: string;
        /**
         * `serviceAccount`: bearer token.
         * @visibility secret
         */
        token?: string;
        /** `serviceAccount`: file with the bearer token, read again when it changes. */
        tokenFile?: string;
        /** `serviceAccount`: certificate authority, PEM in base64. */
        caData?: string;
        /** `serviceAccount`: file with the certificate authority. */
        caFile?: string;
        /** Send credentials over plain http to another machine; warned of at start. */
        allowPlainText?: boolean;
      };
      /** Name of the trace store that holds this cluster's traces. */
      traceStore?: string;
      /** Root namespace; read from the mesh config when absent. */
      rootNamespace?: string;
      /** Namespace of istiod; `istio-system` when absent. */
      istioNamespace?: string;
      /** Istio revision whose mesh config applies (`istio-<revision>`). */
      revision?: string;
      /**
       * istiod's debug interface, which tells whether the proxies accepted a change;
       * only what was applied and seen by the watch is known when absent.
       */
      istiod?: {
        /** Base URLs, one for each replica of istiod, like http://istiod.istio-system:15014 */
        debugUrls: string[];
        /**
         * Bearer token; the audience is istiod's, `istio-ca`.
         * @visibility secret
         */
        token?: string;
        /** File with the bearer token, read again each time. */
        tokenFile?: string;
        /** File with the certificate authority, for https. */
        caFile?: string;
        /** Send the token over plain http to another machine; warned of at start. */
        allowPlainText?: boolean;
      };
      /**
       * Only pods with these labels are watched, as in `team=shop,tier in (a,b)`; all
       * when absent. Workloads of other pods are shown as if nothing of them ran.
       */
      podSelector?: string;
      /** Time limit of one request to the API server; 10 seconds when absent. */
      timeout?: HumanDuration | string;
      /**
       * Where statistics of the proxies and collectors are, which the diagnosis reads;
       * the Prometheus of the cluster's trace store when absent.
       */
      prometheus?: StatisticsSource;
    }>;
    /** Where traces are. */
    traceStores?: Array<{
      /** Unique. */
      name: string;
      jaeger: JaegerSource;
      /** Where figures of all requests come from; Jaeger's metrics when absent. */
      prometheus?: RequestMetricsSource;
    }>;
    /** How much one user may read at once, so that others need not wait. */
    reads?: {
      /**
       * Reads of traces under way for one user, a replica; 4 when absent; others
       * wait. Reads that ask no trace store have a lane of their own, twice as wide.
       */
      perUser?: number;
      /** The same for all users together; 16 when absent. */
      total?: number;
      /** Reads of one user that may wait; more are refused with 429. 100 when absent. */
      waitingPerUser?: number;
    };
    ownership?: {
      /**
       * Members of a group own what its parent groups own, as the catalog tells them;
       * true when absent. False: groups are those that sign-in tells.
       */
      parentGroups?: boolean;
    };
    traces?: {
      /**
       * What is sent of spans of entities that the caller may not read: all (full, the
       * default), or service, operation and times only (redacted).
       */
      foreignSpans?: 'full' | 'redacted';
    };
    /**
     * Who may stand for a workload. `claims` (default): the cluster's word, else the
     * strongest claim. `cluster`: only what the cluster names or consents to.
     * `catalog`: whatever an entity names, whoever owns it; warned of at start.
     */
    binding?: 'claims' | 'cluster' | 'catalog';
    /**
     * Kinds of entities that are found by their name where they have no annotation;
     * only Component when absent, none when empty.
     */
    matchByName?: Array<'Component' | 'Resource'>;
    sampling?: SamplingRules;
    history?: {
      /** 400 days when absent. */
      retention?: HumanDuration | string;
    };
  };
}

/** What is asked over HTTP. */
interface HttpSource {
  /** Base URL of its query API, base path included. */
  url: string;
  auth?: {
    type: 'none' | 'bearer' | 'basic';
    /** @visibility secret */
    token?: string;
    username?: string;
    /** @visibility secret */
    password?: string;
  };
  /** @deepVisibility secret */
  headers?: { [name: string]: string };
  /** Send credentials over plain http to another machine; warned of at start. */
  allowPlainText?: boolean;
  tls?: {
    /** File with the certificate authority. */
    caFile?: string;
    /** Accept any certificate; for tests only. */
    insecureSkipVerify?: boolean;
  };
  /** Time limit of one request; 10 seconds when absent. */
  timeout?: HumanDuration | string;
}

interface PrometheusSource extends HttpSource {
  /** Labels and values that all series must have, such as a cluster's. */
  selector?: { [label: string]: string };
}

interface StatisticsSource extends PrometheusSource {
  /** Labels that tell whose Envoy statistics are. */
  labels?: {
    /** `namespace` when absent. */
    namespace?: string;
    /** `pod` when absent. */
    pod?: string;
    /** Name of the workload, in place of the pods' where it is set. */
    workload?: string;
  };
}

interface JaegerSource extends HttpSource {
  /** Base URL of Jaeger's UI as browsers reach it. */
  externalUrl?: string;
  /** Added to `url`. */
  basePath?: string;
  tenant?: {
    /** `x-tenant` when absent. */
    header?: string;
    value: string;
  };
  /** Requests under way at once; 6 when absent. */
  concurrency?: number;
  /** Largest answer that is read, bytes; 64 MiB when absent. */
  maxBodyBytes?: number;
  /** Spans of one trace that are shown at most; 100,000 when absent. */
  maxTraceSpans?: number;
  /** Unit of the latency in Jaeger's metrics, which it does not say; `ms` when absent. */
  latencyUnit?: 'ms' | 's';
  /** `auto` probes. */
  dialect?: 'auto' | 'summaries' | 'v3' | 'legacy';
}

interface RequestMetricsSource extends PrometheusSource {
  /** `istio`: standard metrics of proxies; `spanmetrics`: of OpenTelemetry's collector. */
  metrics: 'istio' | 'spanmetrics';
  /** Prefix of span metrics; `traces_span_metrics` when absent. */
  prefix?: string;
  /** Metric that counts requests, where it has another name than usual. */
  counter?: string;
  /** Histogram of durations, without `_bucket`, where it has another name. */
  histogram?: string;
  /** Names of labels, where they are not the usual ones. */
  labels?: {
    /** `istio`: `destination_workload` when absent. */
    workload?: string;
    /** `istio`: `destination_workload_namespace` when absent. */
    namespace?: string;
    /** `istio`: `reporter` when absent. */
    reporter?: string;
    /** `istio`: `response_code` when absent. */
    responseCode?: string;
    /**
     * Tells operations apart. `istio`: none when absent, since Istio's metrics have
     * none unless a Telemetry adds it; `spanmetrics`: `span_name`.
     */
    operation?: string;
    /** `spanmetrics`: `service_name` when absent. */
    service?: string;
    /** `spanmetrics`: `span_kind` when absent. */
    spanKind?: string;
    /** `spanmetrics`: `status_code` when absent. */
    status?: string;
    /** Of Envoy's own statistics, in alert rules; `namespace` when absent. */
    proxyNamespace?: string;
    /** Of Envoy's own statistics, in alert rules; `pod` when absent. */
    proxyPod?: string;
  };
  /** Unit of the histogram; `ms` when absent. */
  latencyUnit?: 'ms' | 's';
}

interface SamplingRules {
  /** `owners`: the caller must own the entity, besides the permission framework. */
  writers?: 'owners' | 'permission';
  /**
   * Whether people may change what they do not own, with the permission
   * `mesh-tracing.sampling.any.update`; off when absent, and while permissions are off.
   */
  actForOwners?: boolean;
  /** Percent; 100 when absent. */
  maxPercentage?: number;
  /** 24 hours when absent. */
  maxDuration?: HumanDuration | string;
  /** Whether an override may have no end. */
  allowPermanent?: boolean;
  namespaces?: {
    /** Only these; all when absent. */
    allow?: string[];
    /** Never these, besides the root namespace. */
    deny?: string[];
  };
  /**
   * How far changes may reach; only `workload` when absent. The wider ones need the
   * permission framework and permissions of their own.
   */
  scopes?: Array<'workload' | 'namespace' | 'mesh'>;
  customTags?: {
    /** 16 when absent. */
    max?: number;
    kinds?: Array<'literal' | 'header' | 'environment' | 'formatter'>;
    /** Headers that never become tags, besides the built-in list. */
    denyHeaders?: string[];
    /** Headers named like a secret that may, but for those of the built-in list. */
    allowHeaders?: string[];
    /** Variables of the proxy named like a secret that may, as EDGE_TOKEN_KIND. */
    allowEnvironment?: string[];
  };
  /** What users may set besides sampling and tags; none when absent. */
  fields?: {
    /** Another provider than the one in force. */
    provider?: boolean;
    disableSpanReporting?: boolean;
    disableContextPropagation?: boolean;
  };
  gitOps?: {
    /** Entity ref of the template that opens pull requests for what GitOps manages. */
    template?: string;
    /**
     * Namespaces where the portal writes nothing, but hands the change over, besides
     * those that say so by their annotation `meshtracing.io/gitops`.
     */
    namespaces?: string[];
    /**
     * Whether to write where the annotation of a namespace can't be read: allow
     * (default), with a warning in the preview, or refuse.
     */
    unreadableNamespaces?: 'allow' | 'refuse';
  };
  reason?: 'required' | 'optional';
  /**
   * Changes per user in ten minutes, of one workload and through one entity; 20 when
   * absent. As many reverts of what others set, and three times as many previews per
   * user in one minute, at least 60.
   */
  rateLimit?: number;
  /**
   * Which other workloads an override may touch, after consent, where labels can't tell
   * them apart: none, those of the same entity (default), any. In ambient, behind the same
   * service or waypoint: none, or others' too, for who may change the namespace.
   */
  otherWorkloads?: 'none' | 'entity' | 'any';
}
