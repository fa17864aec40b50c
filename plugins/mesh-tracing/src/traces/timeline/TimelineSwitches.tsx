import { Switch } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatCount } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useTimelineOptions } from './useTimelineOptions';

/** Other ways to show the trace, each where it would change something. */
export function TimelineSwitches(props: {
  hopCount: number;
  hasClockSkew: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const options = useTimelineOptions();
  return (
    <>
      {props.hopCount > 0 && (
        <Switch
          label={t('timeline.fold', { total: formatCount(props.hopCount) })}
          isSelected={options.foldHops}
          onChange={options.setFoldHops}
        />
      )}
      {props.hasClockSkew && (
        <Switch
          label={t('timeline.correctClocks')}
          isSelected={options.correctClocks}
          onChange={options.setCorrectClocks}
        />
      )}
    </>
  );
}
