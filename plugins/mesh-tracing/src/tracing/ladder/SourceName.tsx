import {
  describeSource,
  type TracingSource,
} from 'backstage-plugin-mesh-tracing-common';
import { ResourceLink } from './ResourceLink';

/** Name of a source; a Telemetry's name opens its YAML. */
export function SourceName(props: {
  source: TracingSource;
  cluster: string;
  resources: Record<string, string>;
}) {
  const { source } = props;
  if (source.kind !== 'telemetry') {
    return <>{describeSource(source)}</>;
  }
  return (
    <ResourceLink
      name={`${source.namespace}/${source.name}`}
      yaml={
        props.resources[`${props.cluster}/${source.namespace}/${source.name}`]
      }
    />
  );
}
