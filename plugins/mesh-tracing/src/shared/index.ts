export { AddressNotice } from './AddressNotice';
export { BindingNote } from './BindingNote';
export { ChartTooltip, useChartColours } from './chartColours';
export { ClusterBanners } from './ClusterBanners';
export { CodeBlock } from './CodeBlock';
export { CopyButton } from './CopyButton';
export { CoverageNote } from './CoverageNote';
export { DateTimeField } from './DateTimeField';
export { EntityName } from './EntityName';
export { ErrorCount } from './ErrorCount';
export { ErrorState } from './ErrorState';
export { ActorName } from './ActorName';
export { FigureCell, FigureNote, FigureTable } from './FigureTable';
export { FindingList } from './FindingList';
export * from './format';
export { Loaded, LoadingLines } from './Loaded';
export { LinkButton } from './LinkButton';
export { LoadOlder } from './LoadOlder';
export { Panel } from './Panel';
export { PanelStack } from './PanelStack';
export { PlainList } from './PlainList';
export { READABLE } from './readable';
export { serviceColour, serviceColourStyle } from './serviceColour';
export { ServiceLabel } from './ServiceLabel';
export { SeverityIcon } from './SeverityIcon';
export { NoTraces } from './NoTraces';
export { StateMessage } from './StateMessage';
export {
  parseTimeRange,
  RELATIVE_RANGES,
  type RelativeRange,
  type TimeRange,
} from './timeRange';
export {
  TracingWindowProvider,
  useTracingWindow,
  type TracingWindow,
} from './TracingWindow';
export { Figure } from './Figure';
export { OverrideEnd } from './OverrideEnd';
export { mainSide } from './samplingSummary';
export { useElementWidth } from './useElementWidth';
export { useChartAxes } from './useChartAxes';
export { useFailureCodes } from './useFailureCodes';
export { useRatioText } from './useRatioText';
export { useNotify } from './useNotify';
export { useNow } from './useNow';
export { useLoad, type Load } from './useLoad';
export { useTracingUrl, type UrlPatch } from './useTracingUrl';
export { mostTelling } from './mostTelling';
