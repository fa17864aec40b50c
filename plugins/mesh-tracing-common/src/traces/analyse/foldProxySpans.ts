import { textsOf } from '../model/attributes';
import { buildTraceTree } from './buildTraceTree';
import { meshIdentityOf } from '../model/meshIdentity';
import type { Trace } from '../model/Trace';

/** A span pair of two proxies that stands for one hop. @public */
export interface FoldedHop {
  /** Span of the calling proxy; stays visible. */
  clientSpanId: string;
  /** Span of the called proxy; may be hidden. */
  serverSpanId: string;
  /** Time between the two: network and queues; microseconds. */
  networkUs: number;
}

/**
 * Pairs of a calling sidecar's client span and the called sidecar's server span.
 * A view may show each as one hop: both tell the same call, and hiding the server
 * span loses nothing but the time between. Only where the server span is the
 * client span's single child, so that no retry is hidden.
 * @public
 */
export function foldProxySpans(trace: Trace): FoldedHop[] {
  const { rows } = buildTraceTree(trace);
  return rows.flatMap(({ span, parentRow }) => {
    const parent = rows[parentRow];
    if (
      !parent ||
      span.kind !== 'server' ||
      parent.span.kind !== 'client' ||
      parent.childCount !== 1 ||
      !meshIdentityOf(span)?.proxy ||
      !isProxySpan(parent.span)
    ) {
      return [];
    }
    return [
      {
        clientSpanId: parent.span.spanId,
        serverSpanId: span.spanId,
        networkUs: Math.max(0, parent.span.durationUs - span.durationUs),
      },
    ];
  });
}

/** Envoy's client spans at gateways carry no `node_id`, but their component. */
function isProxySpan(span: Trace['spans'][number]): boolean {
  return (
    meshIdentityOf(span)?.proxy !== undefined ||
    textsOf(span.attributes.component).includes('proxy') ||
    span.scope?.name === 'envoy'
  );
}
