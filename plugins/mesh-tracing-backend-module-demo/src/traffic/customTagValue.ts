import type { CustomTag } from 'backstage-plugin-mesh-tracing-common';

/** What a custom tag can read of a request. */
export interface TaggedRequest {
  /** Header names in lower case; pseudo headers such as `:path` included. */
  header(name: string): string | undefined;
  statusCode: number;
  responseFlags: string;
}

/**
 * The value that a proxy gives a custom tag; undefined where Envoy leaves the tag
 * out because its value is empty.
 */
export function customTagValue(
  tag: CustomTag,
  request: TaggedRequest,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const { literal, header, environment: variable, formatter } = tag;
  let value: string | undefined;
  if (literal) {
    value = literal.value;
  } else if (header?.name) {
    value = request.header(header.name.toLowerCase()) ?? header.defaultValue;
  } else if (variable?.name) {
    value = environment[variable.name] ?? variable.defaultValue;
  } else if (formatter?.value) {
    value = format(formatter.value, request);
  }
  return value || undefined;
}

/** The commonest of Envoy's access-log commands; `-` for the others. */
function format(text: string, request: TaggedRequest): string {
  return text.replace(
    /%([A-Z_]+)(?:\(([^()%]*)\))?%/g,
    (_, command, argument) => {
      switch (command) {
        case 'REQ':
          return request.header(String(argument).toLowerCase()) ?? '-';
        case 'RESPONSE_CODE':
          return String(request.statusCode);
        case 'RESPONSE_FLAGS':
          return request.responseFlags;
        case 'PROTOCOL':
          return 'HTTP/1.1';
        default:
          return '-';
      }
    },
  );
}
