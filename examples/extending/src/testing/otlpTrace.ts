interface OtlpSpan {
  service: string;
  name: string;
  failed?: boolean;
}

/**
 * A trace as the Collector's file exporter writes it, in a line of its own: each
 * span calls the next, the first starts at `startMs` and takes 100 ms.
 */
export function otlpTrace(
  traceId: string,
  startMs: number,
  spans: OtlpSpan[],
): string {
  return JSON.stringify({
    resourceSpans: spans.map(({ service, name, failed }, i) => ({
      resource: {
        attributes: [{ key: 'service.name', value: { stringValue: service } }],
      },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: spanId(i),
              ...(i > 0 ? { parentSpanId: spanId(i - 1) } : {}),
              name,
              kind: i > 0 && spans[i - 1]?.service === service ? 3 : 2,
              startTimeUnixNano: `${startMs + i}000000`,
              endTimeUnixNano: `${startMs + 100 - i}000000`,
              status: failed ? { code: 2 } : {},
            },
          ],
        },
      ],
    })),
  });
}

function spanId(index: number): string {
  return String(index + 1).padStart(16, '0');
}
