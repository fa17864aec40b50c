/** The pattern of stretches of which nothing is known. */
export function ChartHatching(props: { id: string; colour: string }) {
  return (
    <defs>
      <pattern
        id={props.id}
        width={7}
        height={7}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line
          x1={0}
          y1={0}
          x2={0}
          y2={7}
          stroke={props.colour}
          strokeWidth={2}
          strokeOpacity={0.6}
        />
      </pattern>
    </defs>
  );
}
