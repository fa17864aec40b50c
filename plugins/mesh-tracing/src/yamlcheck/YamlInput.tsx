import { Button, TextAreaField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiUploadLine } from '@remixicon/react';
import { useRef, useState, type DragEvent } from 'react';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { readUpload } from './readUpload';
import styles from './YamlCheck.module.css';

const ACCEPTED = '.yaml,.yml,.json,.md,.markdown,.sh,.txt,text/*';

/** Where a text is pasted, a file chosen, or dropped. */
export function YamlInput(props: {
  text: string;
  error?: string;
  onText: (text: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { text, error, onText } = props;
  const { problem, take, forget } = useUpload(onText);
  const [dragged, setDragged] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragged(false);
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  };
  return (
    <div
      role="group"
      aria-label={t('yamlCheck.input')}
      className={styles.input}
      data-dragged={dragged || undefined}
      onDragOver={event => {
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={() => setDragged(false)}
      onDrop={onDrop}
    >
      <TextAreaField
        label={t('yamlCheck.label')}
        description={
          dragged ? t('yamlCheck.dropHere') : t('yamlCheck.description')
        }
        className={styles.text}
        value={text}
        rows={10}
        spellCheck="false"
        autoComplete="off"
        validationBehavior="aria"
        isInvalid={error !== undefined}
        onChange={value => {
          forget();
          onText(value);
        }}
      />
      {(error ?? problem) && (
        <div role="alert" className={styles.problem}>
          {error ?? problem}
        </div>
      )}
      <FileButton onFile={take} />
    </div>
  );
}

function FileButton({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        hidden
        tabIndex={-1}
        aria-label={t('yamlCheck.upload')}
        onChange={event => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          // The same file may be chosen once more, after it was changed.
          event.target.value = '';
        }}
      />
      <Button
        className={styles.upload}
        size="small"
        variant="secondary"
        iconStart={<RiUploadLine aria-hidden />}
        onPress={() => input.current?.click()}
      >
        {t('yamlCheck.upload')}
      </Button>
    </>
  );
}

/** Reads files into the text, and says why one is not taken. */
function useUpload(onText: (text: string) => void) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [problem, setProblem] = useState<string>();
  const take = async (file: File) => {
    const upload = await readUpload(file);
    if ('text' in upload) {
      setProblem(undefined);
      onText(upload.text);
    } else {
      const key =
        upload.problem === 'large'
          ? 'yamlCheck.fileTooLarge'
          : 'yamlCheck.fileUnreadable';
      setProblem(t(key, { name: file.name }));
    }
  };
  return { problem, take, forget: () => setProblem(undefined) };
}
