/** A complete small service that calls a peer and hands on the tracing headers. @public */
export interface PropagationSnippet {
  language: 'node' | 'python' | 'go' | 'java';
  /** With OpenTelemetry's own instrumentation, or without any package. */
  way: 'opentelemetry' | 'by-hand';
  /** Name of the file. */
  file: string;
  /** The program, with how to run it in its first lines. */
  text: string;
}
