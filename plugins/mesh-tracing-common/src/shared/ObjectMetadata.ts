/** An entry of `metadata.managedFields`, as far as ownership needs it. @public */
export interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  time?: string;
  fieldsV1?: unknown;
}

/** Kubernetes object metadata, as far as this product reads it. @public */
export interface ObjectMetadata {
  name: string;
  namespace: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  /** RFC 3339, whole seconds. Absent sorts before every timestamp. */
  creationTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  managedFields?: ManagedFieldsEntry[];
  ownerReferences?: Array<{
    kind?: string;
    name?: string;
    controller?: boolean;
  }>;
}
