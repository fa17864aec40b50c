import { useTracingUrl } from '../../shared/address/useTracingUrl';
import type { TimelineOptions } from './timelineModel';

const ON = 'on';

/** How a trace is shown, kept in the URL; everything as reported by default. */
export function useTimelineOptions(): TimelineOptions & {
  setFoldHops: (isOn: boolean) => void;
  setCorrectClocks: (isOn: boolean) => void;
} {
  const { parameters, update } = useTracingUrl();
  const set = (name: 'fold' | 'clocks') => (isOn: boolean) =>
    update({ [name]: isOn ? ON : undefined }, { replace: true });
  return {
    foldHops: parameters.get('fold') === ON,
    correctClocks: parameters.get('clocks') === ON,
    setFoldHops: set('fold'),
    setCorrectClocks: set('clocks'),
  };
}
