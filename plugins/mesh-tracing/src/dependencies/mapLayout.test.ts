import { mapLayout, type MapBox } from './mapLayout';

const overlap = (a: MapBox, b: MapBox) =>
  a.x < b.x + b.width &&
  b.x < a.x + a.width &&
  a.y < b.y + b.height &&
  b.y < a.y + a.height;

describe('the layout of the dependency map', () => {
  const counts = [0, 1, 2, 5, 8];
  const sizes = [260, 328, 480, 560, 739, 740, 900, 1_600];

  it.each(sizes)('fits into %d pixels, without overlaps', width => {
    for (const inboundCount of counts) {
      for (const outboundCount of counts) {
        const layout = mapLayout(width, inboundCount, outboundCount);
        const boxes = [layout.focus, ...layout.inbound, ...layout.outbound];
        const outside = boxes.filter(
          box =>
            box.x < 0 ||
            box.y < 0 ||
            box.x + box.width > width ||
            box.y + box.height > layout.height,
        );
        const overlapping = boxes.filter((box, index) =>
          boxes.slice(index + 1).some(other => overlap(box, other)),
        );
        expect(boxes).toHaveLength(1 + inboundCount + outboundCount);
        expect([outside, overlapping]).toEqual([[], []]);
      }
    }
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
