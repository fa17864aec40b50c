import {
  described,
  type YamlFindingDescription,
} from './YamlFindingDescription';

/** Findings about a document as a text, and as a resource of any kind. @public */
export const textFindings = {
  'yaml-unreadable': described(
    'error',
    'The document is no YAML as kubectl and Istio read it.',
    'Correct the line that is named; indentation, a missing quote or a tab are the usual causes.',
    'refused',
  ),
  'yaml-too-large': described(
    'warning',
    'The document is larger, deeper or fuller than any configuration of tracing, and was not looked at.',
    'Paste the documents about tracing alone.',
    'no-effect',
  ),
  'yaml-template': described(
    'error',
    'The document is a template of Helm or of Go, which nobody reads before it is rendered.',
    'Render it first (helm template), and paste what comes out.',
    'refused',
  ),
  'shell-variable': described(
    'warning',
    'A shell puts values of variables into this text before anything reads it; here they are taken as they stand.',
    'Put the values in, or quote the word after << where the dollar signs are meant.',
  ),
  'resource-name-missing': described(
    'error',
    'A resource has no metadata.name, so the API server refuses it.',
    'Give it a name.',
    'refused',
  ),
  'namespace-assumed': described(
    'info',
    "The resource names no namespace: kubectl takes that of its context. Here the entity's is assumed.",
    'Write metadata.namespace.',
  ),
  'namespace-unknown': described(
    'warning',
    'The resource names no namespace, and the entity has workloads in several, or none: where it would stand is not known.',
    'Write metadata.namespace.',
    'no-effect',
  ),
  'not-about-tracing': described(
    'info',
    'Nothing in the document has a part in tracing by the mesh.',
    'Nothing.',
    'no-effect',
  ),
  'headers-configure-nothing': described(
    'warning',
    'The document is a list of trace headers. No resource configures that they are passed on: each application copies them from the request that it serves to those that it makes.',
    'Let the applications pass the headers on, best by an instrumentation of OpenTelemetry.',
    'cannot-work',
  ),
  'no-propagation-setting': described(
    'warning',
    'The document speaks of propagation, but none of its fields says which trace headers a proxy reads or writes.',
    'Choose the provider by its headers: opentelemetry uses W3C (traceparent), zipkin uses B3, and W3C as well with traceContextOption USE_B3_WITH_W3C_PROPAGATION. Between the requests that it serves and makes only the application passes headers on.',
  ),
} as const satisfies Record<string, YamlFindingDescription>;
