import fc from 'fast-check';
import { mapLayout, type MapBox } from './mapLayout';

const overlap = (a: MapBox, b: MapBox) =>
  a.x < b.x + b.width &&
  b.x < a.x + a.width &&
  a.y < b.y + b.height &&
  b.y < a.y + a.height;

describe('the layout of the dependency map', () => {
  it('fits into any width from a phone’s on, without overlaps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 260, max: 1_600 }),
        fc.nat({ max: 8 }),
        fc.nat({ max: 8 }),
        (width, inboundCount, outboundCount) => {
          const layout = mapLayout(width, inboundCount, outboundCount);
          const boxes = [layout.focus, ...layout.inbound, ...layout.outbound];
          expect(boxes).toHaveLength(1 + inboundCount + outboundCount);
          for (const box of boxes) {
            expect(box.x).toBeGreaterThanOrEqual(0);
            expect(box.y).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width).toBeLessThanOrEqual(width);
            expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
          }
          boxes.forEach((box, index) =>
            expect(
              boxes.slice(index + 1).some(other => overlap(box, other)),
            ).toBe(false),
          );
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each([
    [360, false],
    [560, false],
    [1_000, true],
  ])('stacks what %d pixels have no room for side by side', (width, isWide) => {
    const { inbound, outbound, focus, isWide: found } = mapLayout(width, 1, 1);
    expect(found).toBe(isWide);
    const [caller, callee] = [inbound[0], outbound[0]];
    expect(caller && (isWide ? caller.x < focus.x : caller.y < focus.y)).toBe(
      true,
    );
    expect(callee && (isWide ? callee.x > focus.x : callee.y > focus.y)).toBe(
      true,
    );
  });
});
