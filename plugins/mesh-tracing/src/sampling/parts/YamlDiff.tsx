import { VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { diffLines } from 'diff';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './YamlDiff.module.css';

/** Two texts line by line; signs and words mark what came and went. */
export function YamlDiff(props: { before: string; after: string }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const words = {
    '+': t('diff.added'),
    '-': t('diff.removed'),
    ' ': '',
  };
  return (
    <pre className={styles.diff}>
      {diffLines(props.before, props.after).flatMap((part, partIndex) =>
        part.value
          .replace(/\n$/, '')
          .split('\n')
          .map((line, lineIndex) => {
            const sign = signOf(part);
            return (
              <span
                key={`${partIndex}-${lineIndex}`}
                className={styles.line}
                data-sign={sign}
              >
                {words[sign] && (
                  <VisuallyHidden>{words[sign]}: </VisuallyHidden>
                )}
                <span aria-hidden>{sign} </span>
                {line}
                {'\n'}
              </span>
            );
          }),
      )}
    </pre>
  );
}

function signOf(part: { added?: boolean; removed?: boolean }) {
  if (part.added) {
    return '+' as const;
  }
  return part.removed ? ('-' as const) : (' ' as const);
}
