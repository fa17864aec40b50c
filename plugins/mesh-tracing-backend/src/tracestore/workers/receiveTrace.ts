import type { MessagePort } from 'node:worker_threads';
import type { TraceReading } from 'backstage-plugin-mesh-tracing-node';
import { deferred } from '../../shared/deferred';
import { ArrivingTrace } from './ArrivingTrace';
import type { TracePart } from './TraceJob';

/** Resolves with a trace as soon as its head arrives; the rest follows. */
export function receiveTrace(port: MessagePort): {
  trace: Promise<TraceReading | undefined>;
  fail: (error: unknown) => void;
} {
  const known = deferred<TraceReading | undefined>();
  let trace: ArrivingTrace | undefined;
  port.on('message', (part: TracePart) => {
    if (part.part === 'head') {
      trace = ArrivingTrace.create(part.head);
      known.resolve(trace);
    } else if (part.part === 'rows') {
      trace?.add(part.rows);
    } else if (part.part === 'end') {
      trace?.finish(part.insights);
      port.close();
    } else {
      known.resolve(undefined);
      port.close();
    }
  });
  return {
    trace: known.promise,
    fail: error => {
      known.reject(error);
      trace?.fail(error);
      port.close();
    },
  };
}
