import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiQuestionFill,
} from '@remixicon/react';
import type { RungVerdict } from 'backstage-plugin-mesh-tracing-common';

const ICONS = {
  good: { Icon: RiCheckboxCircleFill, colour: 'var(--bui-fg-positive)' },
  broken: { Icon: RiCloseCircleFill, colour: 'var(--bui-fg-negative)' },
  doubtful: { Icon: RiAlertFill, colour: 'var(--bui-fg-warning)' },
  unknown: { Icon: RiQuestionFill, colour: 'var(--bui-fg-secondary)' },
};

/** Icon of a verdict, each of its own shape; its word stands beside it. */
export function VerdictIcon(props: { verdict: RungVerdict; size?: number }) {
  const { Icon, colour } = ICONS[props.verdict];
  return (
    <Icon
      aria-hidden
      size={props.size ?? 20}
      style={{ color: colour, flex: 'none' }}
    />
  );
}
