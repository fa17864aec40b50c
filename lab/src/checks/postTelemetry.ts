import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { KubeApi } from '../kubernetes/KubeApi';
import { asPosted } from '../oracle/compare/asPosted';

/** The API server's verdict on an object. */
export interface Admission {
  accepted: boolean;
  /** HTTP status. */
  status: number;
  /** Of a refusal. */
  message: string;
  /** Of an acceptance: the webhook's warnings. */
  warnings: string[];
}

/** The texts in a `Warning` header (RFC 7234): `299 - "text", 299 - "text"`. */
export function warningTexts(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(', ') : header ?? '';
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(match =>
    (match[1] ?? '').replace(/\\(.)/g, '$1'),
  );
}

/** Creates a Telemetry with strict validation, or only asks whether it could. */
export async function postTelemetry(
  api: KubeApi,
  telemetry: Telemetry,
  dryRun: boolean,
): Promise<Admission> {
  const { namespace } = telemetry.metadata;
  const { status, body, headers } = await api.request(
    'POST',
    `/apis/telemetry.istio.io/v1/namespaces/${namespace}/telemetries` +
      `?fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`,
    asPosted(telemetry),
  );
  const accepted = status < 300;
  const { message } = body as { message?: string };
  return {
    accepted,
    status,
    message: accepted ? '' : message ?? JSON.stringify(body),
    warnings: warningTexts(headers.warning),
  };
}
