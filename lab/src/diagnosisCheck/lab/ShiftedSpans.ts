import {
  Client,
  credentials,
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { field, text } from '../../checks/protobuf';
import type { Closable } from './relays';

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const NANOSECONDS_A_MS = 1_000_000n;

/** Numbers of fields, of OTLP's messages, that lead to a span's times. */
interface Fields {
  /** Messages inside, by the number of their field. */
  inside?: Record<number, Fields>;
  /** Times in nanoseconds, `fixed64`. */
  times?: readonly number[];
}

const SPAN: Fields = { times: [7, 8], inside: { 11: { times: [1] } } };
const REQUEST: Fields = {
  inside: { 1: { inside: { 2: { inside: { 2: SPAN } } } } },
};

function readVarint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  let factor = 1;
  for (let next = at; next < bytes.length; next += 1) {
    const byte = bytes[next] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, next + 1];
    factor *= 128;
  }
  throw new Error('A message ends within a number.');
}

/**
 * Moves all times of an OTLP request in place: what a proxy would have sent whose
 * clock is wrong. The length of the message stays.
 */
export function shiftTimes(
  bytes: Buffer,
  byMs: number,
  fields: Fields = REQUEST,
): void {
  let at = 0;
  while (at < bytes.length) {
    const [tag, next] = readVarint(bytes, at);
    const number = Math.floor(tag / 8);
    at = next;
    switch (tag % 8) {
      case VARINT:
        [, at] = readVarint(bytes, at);
        break;
      case FIXED64:
        if (fields.times?.includes(number)) {
          const time = bytes.readBigUInt64LE(at);
          bytes.writeBigUInt64LE(time + BigInt(byMs) * NANOSECONDS_A_MS, at);
        }
        at += 8;
        break;
      case BYTES: {
        const [length, start] = readVarint(bytes, at);
        const inside = fields.inside?.[number];
        if (inside)
          shiftTimes(bytes.subarray(start, start + length), byMs, inside);
        at = start + length;
        break;
      }
      case FIXED32:
        at += 4;
        break;
      default:
        throw new Error(`A field of kind ${tag % 8} is in no OTLP message.`);
    }
  }
}

const asItIs = (bytes: Buffer) => bytes;

/** What is moved, and by how much. */
export interface Shift {
  /** `service.name` of the spans that are moved; others are passed on as they are. */
  service: string;
  byMs: number;
}

/** An OTLP attribute, as it stands in a message. */
function attribute(key: string, value: string): Buffer {
  return Buffer.concat([text(1, key), field(2, text(1, value))]);
}

/**
 * Stands before a collector and moves the times of a service's spans, as if the clock
 * of its node were wrong.
 *
 * @param at - `host:port`, as is `to`
 */
export async function relayShifted(
  at: string,
  to: string,
  { service, byMs }: Shift,
): Promise<Closable> {
  const mark = attribute('service.name', service);
  const collector = new Client(to, credentials.createInsecure());
  const server = new Server();
  server.addService(
    {
      export: {
        path: EXPORT,
        requestStream: false,
        responseStream: false,
        requestSerialize: asItIs,
        requestDeserialize: asItIs,
        responseSerialize: asItIs,
        responseDeserialize: asItIs,
      },
    },
    {
      export: (
        { request }: ServerUnaryCall<Buffer, Buffer>,
        done: sendUnaryData<Buffer>,
      ) => {
        const shifted = Buffer.from(request);
        // A proxy sends spans of its own service alone.
        if (shifted.includes(mark)) shiftTimes(shifted, byMs);
        collector.makeUnaryRequest(EXPORT, asItIs, asItIs, shifted, done);
      },
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(at, ServerCredentials.createInsecure(), error =>
      error ? reject(error) : resolve(),
    );
  });
  return {
    close: async () => {
      server.forceShutdown();
      collector.close();
    },
  };
}
