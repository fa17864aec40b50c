import { RiArrowDownSLine } from '@remixicon/react';
import type { DiagnosisRung } from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import styles from './Rung.module.css';
import { RungDetails } from './RungDetails';
import { useRungWords } from './useRungWords';
import { VerdictIcon } from './VerdictIcon';

/** One rung: verdict and cause, and on demand what it rests on. */
export function Rung(props: {
  rung: DiagnosisRung;
  /** Open from the beginning. */
  isFirst: boolean;
}) {
  const { rung, isFirst } = props;
  const [isOpen, setOpen] = useState(isFirst);
  const words = useRungWords();
  return (
    <li className={styles.rung} data-verdict={rung.verdict}>
      <details
        className={styles.details}
        open={isOpen}
        onToggle={event => setOpen(event.currentTarget.open)}
      >
        <summary className={styles.summary}>
          <VerdictIcon verdict={rung.verdict} />
          <span>
            <span className={styles.head}>
              <span className={styles.name}>{words.rung(rung.id)}</span>
              <span className={styles.verdict}>
                {words.verdict(rung.verdict)}
              </span>
              <RiArrowDownSLine
                aria-hidden
                size={18}
                className={styles.chevron}
              />
            </span>
            <span className={styles.cause}>{rung.cause}</span>
          </span>
        </summary>
        {isOpen && <RungDetails rung={rung} />}
      </details>
    </li>
  );
}
