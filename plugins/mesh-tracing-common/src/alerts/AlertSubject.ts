import type { MeasuredSubject } from '../metrics';

/** A workload's pods, as Envoy's own statistics tell them apart. @public */
export interface AlertedWorkload {
  namespace: string;
  /** Of the controller, such as `Deployment`. */
  kind: string;
  name: string;
}

/** Whose alerts are made. @public */
export interface AlertSubject {
  entityRef: string;
  /** Owner of the entity, for whoever routes alerts. */
  ownerRef?: string;
  /** Address of the entity's tab, which is its runbook. */
  tabUrl?: string;
  /** By which its requests are found in metrics. */
  measured: MeasuredSubject;
  workloads: AlertedWorkload[];
  /**
   * Trace service names: one list for each workload that has names of its own. Its
   * proxy and its application may have different ones, and then report the same
   * requests.
   */
  tracedNames: string[][];
}
