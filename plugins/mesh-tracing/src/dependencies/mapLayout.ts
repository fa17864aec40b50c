/** A box of the map, CSS pixels. */
export interface MapBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the boxes of callers, entity and callees stand. */
export interface MapLayout {
  width: number;
  height: number;
  focus: MapBox;
  inbound: MapBox[];
  outbound: MapBox[];
  /** Callers and callees stand beside the entity, or above and below it. */
  isWide: boolean;
}

/** From this width on there is room for three columns. */
const WIDE = 740;
const MARGIN = 2;
const GAP = 12;
/** Room for the lines between the rows of a narrow map. */
const LANE = 40;
const HEIGHT = 48;
const FOCUS_WIDTH = 190;
const WIDEST_BOX = 300;
/** Below this width of each, two boxes don't fit into one row, CSS pixels. */
const NARROWEST_PAIR = 230;

/** Lays the map out in a width, CSS pixels. */
export function mapLayout(
  width: number,
  inboundCount: number,
  outboundCount: number,
): MapLayout {
  return width >= WIDE
    ? wideLayout(width, inboundCount, outboundCount)
    : narrowLayout(width, inboundCount, outboundCount);
}

function wideLayout(
  width: number,
  inboundCount: number,
  outboundCount: number,
): MapLayout {
  const rows = Math.max(inboundCount, outboundCount, 1);
  const height = rows * (HEIGHT + GAP) + GAP;
  const boxWidth = Math.min(WIDEST_BOX, (width - FOCUS_WIDTH) / 2 - LANE);
  const column = (count: number, x: number): MapBox[] => {
    const used = count * (HEIGHT + GAP) - GAP;
    return Array.from({ length: count }, (_, index) => ({
      x,
      y: (height - used) / 2 + index * (HEIGHT + GAP),
      width: boxWidth,
      height: HEIGHT,
    }));
  };
  return {
    width,
    height,
    isWide: true,
    focus: {
      x: (width - FOCUS_WIDTH) / 2,
      y: (height - HEIGHT) / 2,
      width: FOCUS_WIDTH,
      height: HEIGHT,
    },
    inbound: column(inboundCount, MARGIN),
    outbound: column(outboundCount, width - boxWidth - MARGIN),
  };
}

/** Boxes in rows of one or two, callers above, callees below. */
function narrowLayout(
  width: number,
  inboundCount: number,
  outboundCount: number,
): MapLayout {
  const columns = width >= 2 * NARROWEST_PAIR + GAP ? 2 : 1;
  const boxWidth = (width - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const heightOf = (count: number) =>
    Math.ceil(count / columns) * (HEIGHT + GAP) - GAP;
  const rows = (count: number, top: number): MapBox[] =>
    Array.from({ length: count }, (_, index) => ({
      x: MARGIN + (index % columns) * (boxWidth + GAP),
      y: top + Math.floor(index / columns) * (HEIGHT + GAP),
      width: boxWidth,
      height: HEIGHT,
    }));
  const focusTop =
    MARGIN + (inboundCount > 0 ? heightOf(inboundCount) + LANE : 0);
  const below = focusTop + HEIGHT + LANE;
  const focusWidth = Math.min(FOCUS_WIDTH, width - 2 * MARGIN);
  return {
    width,
    height:
      (outboundCount > 0
        ? below + heightOf(outboundCount)
        : focusTop + HEIGHT) + MARGIN,
    isWide: false,
    focus: {
      x: (width - focusWidth) / 2,
      y: focusTop,
      width: focusWidth,
      height: HEIGHT,
    },
    inbound: rows(inboundCount, MARGIN),
    outbound: rows(outboundCount, below),
  };
}

/** The line between the entity and a neighbour, to the sides that face each other. */
export function edgePath({ focus, isWide }: MapLayout, box: MapBox): string {
  if (isWide) {
    const isBefore = box.x < focus.x;
    const fromX = isBefore ? box.x + box.width : box.x;
    const toX = isBefore ? focus.x : focus.x + focus.width;
    const fromY = box.y + box.height / 2;
    const toY = focus.y + focus.height / 2;
    const middle = (fromX + toX) / 2;
    return `M${fromX},${fromY} C${middle},${fromY} ${middle},${toY} ${toX},${toY}`;
  }
  const isAbove = box.y < focus.y;
  const fromX = box.x + box.width / 2;
  const fromY = isAbove ? box.y + box.height : box.y;
  const toX = focus.x + focus.width / 2;
  const toY = isAbove ? focus.y : focus.y + focus.height;
  const middle = (fromY + toY) / 2;
  return `M${fromX},${fromY} C${fromX},${middle} ${toX},${middle} ${toX},${toY}`;
}
