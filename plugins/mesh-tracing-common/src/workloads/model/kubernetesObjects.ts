/**
 * The parts of Kubernetes objects that decide about workloads, as they arrive
 * from the API server. Everything is optional: the API server is trusted to
 * send objects, not to send fields.
 */

/** `metadata` of any object. @public */
export interface KubernetesMetadata {
  name?: string;
  namespace?: string;
  uid?: string;
  /** RFC 3339. */
  creationTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: Array<{
    kind?: string;
    name?: string;
    controller?: boolean;
  }>;
}

/** A container of a pod. @public */
export interface KubernetesContainer {
  name?: string;
  image?: string;
  args?: string[];
  restartPolicy?: string;
  env?: Array<{ name?: string; value?: string; valueFrom?: unknown }>;
}

/** `spec` of a pod or of a pod template. @public */
export interface KubernetesPodSpec {
  containers?: KubernetesContainer[];
  initContainers?: KubernetesContainer[];
  hostNetwork?: boolean;
}

/** A pod, or the template of one. @public */
export interface KubernetesPod {
  metadata?: KubernetesMetadata;
  spec?: KubernetesPodSpec;
  status?: {
    phase?: string;
    conditions?: Array<{ type?: string; status?: string }>;
  };
}

/** A Deployment, StatefulSet, DaemonSet or CronJob. @public */
export interface KubernetesController {
  metadata?: KubernetesMetadata;
  spec?: {
    template?: KubernetesPod;
    /** Of a CronJob. */
    jobTemplate?: { spec?: { template?: KubernetesPod } };
  };
}
