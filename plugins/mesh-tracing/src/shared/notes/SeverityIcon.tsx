import {
  RiErrorWarningFill,
  RiAlertFill,
  RiInformationFill,
} from '@remixicon/react';
import type { FindingSeverity } from 'backstage-plugin-mesh-tracing-common';

const ICONS = {
  error: { Icon: RiErrorWarningFill, colour: 'var(--bui-fg-negative)' },
  warning: { Icon: RiAlertFill, colour: 'var(--bui-fg-warning)' },
  info: { Icon: RiInformationFill, colour: 'var(--bui-fg-announcement)' },
};

/** Icon of a severity; its meaning also stands in text beside it. */
export function SeverityIcon(props: {
  severity: FindingSeverity;
  size?: number;
}) {
  const { Icon, colour } = ICONS[props.severity];
  return (
    <Icon
      aria-hidden
      size={props.size ?? 16}
      style={{ color: colour, flex: 'none' }}
    />
  );
}
