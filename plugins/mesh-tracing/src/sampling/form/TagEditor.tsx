import { Button, ButtonIcon, Select, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import type { SamplingAbility } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { TAG_KINDS, type TagDraft, type TagKind } from '../draft/tagDraft';
import type { TagField } from '../draft/validateDraft';
import formStyles from './OverrideForm.module.css';
import styles from './TagEditor.module.css';

/** What is wrong with a tag, and which part of it. */
export interface TagError {
  field: TagField;
  text: string;
}

/** Custom tags: the whole map, since Istio replaces it whole. */
export function TagEditor(props: {
  tags: TagDraft[];
  ability: SamplingAbility;
  error?: string;
  errorOf: (id: number) => TagError | undefined;
  onChange: (tags: TagDraft[]) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { tags, ability } = props;
  const nextId = Math.max(-1, ...tags.map(tag => tag.id)) + 1;
  return (
    <div
      className={styles.editor}
      data-wrong={props.error !== undefined || undefined}
    >
      <div className={formStyles.note}>{t('tags.replaced')}</div>
      {tags.map((tag, index) => (
        <TagRow
          key={tag.id}
          tag={tag}
          number={index + 1}
          ability={ability}
          error={props.errorOf(tag.id)}
          onChange={changed =>
            props.onChange(
              tags.map(other => (other.id === tag.id ? changed : other)),
            )
          }
          onRemove={() =>
            props.onChange(tags.filter(other => other.id !== tag.id))
          }
        />
      ))}
      {tags.length === 0 && (
        <div className={formStyles.note}>{t('tags.none')}</div>
      )}
      {props.error && <div className={formStyles.error}>{props.error}</div>}
      <div>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiAddLine aria-hidden />}
          isDisabled={tags.length >= ability.maxCustomTags}
          onPress={() =>
            props.onChange([
              ...tags,
              {
                id: nextId,
                name: '',
                kind: 'literal',
                value: '',
                defaultValue: '',
              },
            ])
          }
        >
          {t('tags.add')}
        </Button>
      </div>
    </div>
  );
}

function TagRow(props: {
  tag: TagDraft;
  number: number;
  ability: SamplingAbility;
  error?: TagError;
  onChange: (tag: TagDraft) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { tag, ability } = props;
  const number = String(props.number);
  const validation = (field: TagField) => ({
    validationBehavior: 'aria' as const,
    validate: () =>
      props.error?.field === field ? props.error.text : undefined,
  });
  const { kindNames, valueNames } = useTagNames();
  const kinds = TAG_KINDS.filter(
    kind => ability.customTagKinds.includes(kind) || kind === tag.kind,
  );
  const named = tag.kind === 'header' || tag.kind === 'environment';
  return (
    <div role="group" aria-label={t('tags.row', { number })}>
      <div className={styles.row}>
        <TextField
          size="small"
          label={t('tags.name')}
          value={tag.name}
          {...validation('name')}
          onChange={name => props.onChange({ ...tag, name })}
        />
        <div data-wrong={props.error?.field === 'kind' || undefined}>
          <Select
            size="small"
            label={t('tags.kind')}
            options={kinds.map(kind => ({
              value: kind,
              label: kindNames[kind],
            }))}
            selectedKey={tag.kind}
            {...validation('kind')}
            onSelectionChange={kind =>
              props.onChange({ ...tag, kind: kind as TagKind })
            }
          />
        </div>
        <TextField
          size="small"
          label={valueNames[tag.kind]}
          value={tag.value}
          {...validation('value')}
          onChange={value => props.onChange({ ...tag, value })}
        />
        {named && (
          <TextField
            size="small"
            label={t('tags.default')}
            value={tag.defaultValue}
            onChange={defaultValue => props.onChange({ ...tag, defaultValue })}
          />
        )}
        <ButtonIcon
          size="small"
          variant="tertiary"
          className={styles.remove}
          aria-label={t('tags.remove', { number })}
          icon={<RiDeleteBinLine aria-hidden />}
          onPress={props.onRemove}
        />
      </div>
      {tag.kind === 'environment' && (
        <div className={formStyles.note}>{t('tags.environmentNote')}</div>
      )}
    </div>
  );
}

/** Names of the kinds of a tag, and of what each takes as its value. */
function useTagNames(): Record<
  'kindNames' | 'valueNames',
  Record<TagKind, string>
> {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    kindNames: {
      literal: t('tags.literal'),
      header: t('tags.header'),
      environment: t('tags.environment'),
      formatter: t('tags.formatter'),
    },
    valueNames: {
      literal: t('tags.literalValue'),
      header: t('tags.headerName'),
      environment: t('tags.environmentName'),
      formatter: t('tags.formatterValue'),
    },
  };
}
