import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { otlpBody, type MadeSpan } from '../traffic/otlp/MadeSpan';

export const FORMER_NAME = 'basket';
export const PRESENT_NAME = 'basket.shop';

const SPANS = 60;

/** Traces of one service all over a window, under another name from its middle on. */
export async function sendRenamed(
  otlpHttp: string,
  window: { startTimeMs: number; endTimeMs: number },
): Promise<void> {
  const stepMs = (window.endTimeMs - window.startTimeMs) / SPANS;
  const spans = Array.from(
    { length: SPANS },
    (_, i): MadeSpan => ({
      traceId: randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      service: i < SPANS / 2 ? FORMER_NAME : PRESENT_NAME,
      operation: 'GET /basket',
      kind: 'server',
      startUs: (window.startTimeMs + (i + 0.5) * stepMs) * 1000,
      durationUs: 2_000,
      failed: false,
      attributes: { 'http.method': 'GET' },
    }),
  );
  await sendOtlp(otlpHttp, spans);
}

/** @throws AssertionError where they are not taken */
export async function sendOtlp(
  otlpHttp: string,
  spans: MadeSpan[],
): Promise<void> {
  const { status } = await fetch(`${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(otlpBody(spans)),
  });
  assert.equal(status, 200);
}
