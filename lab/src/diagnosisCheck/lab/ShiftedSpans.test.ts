import { field, text, unsigned } from '../../checks/protobuf';
import { shiftTimes } from './ShiftedSpans';

const HOUR_MS = 3_600_000;

function nanoseconds(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return Buffer.concat([Buffer.from([number * 8 + 1]), bytes]);
}

/** As Envoy exports one span with an event; `value` is a time in each place. */
function request(value: bigint): Buffer {
  const event = Buffer.concat([nanoseconds(1, value), text(2, 'retried')]);
  const span = Buffer.concat([
    text(5, 'GET /'),
    unsigned(6, 2),
    nanoseconds(7, value),
    nanoseconds(8, value),
    field(11, event),
  ]);
  const resource = field(1, text(1, 'service.name'));
  const spans = field(2, field(2, span));
  return field(1, Buffer.concat([resource, spans]));
}

describe('spans of a proxy whose clock is wrong', () => {
  it('lie by as much before, with their events, and nothing else is changed', () => {
    const time = 1_795_000_000_000_000_000n;
    const bytes = request(time);
    shiftTimes(bytes, -HOUR_MS);
    expect(bytes).toEqual(request(time - BigInt(HOUR_MS) * 1_000_000n));
  });

  it('are refused where they are no message', () => {
    expect(() => shiftTimes(Buffer.from([0x0f]), 1)).toThrow('kind 7');
    expect(() => shiftTimes(Buffer.from([0x08, 0x80]), 1)).toThrow(
      'ends within a number',
    );
  });
});
