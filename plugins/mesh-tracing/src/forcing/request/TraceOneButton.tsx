import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button, Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { READABLE } from '../../shared/layout/readable';
import { Loaded } from '../../shared/states/Loaded';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { Recipe } from './Recipe';

/** Opens the recipe by which one request is traced. */
export function TraceOneButton(props: {
  entityRef: CompoundEntityRef;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onSent: (traceId: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, isOpen, onOpenChange, onSent } = props;
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        onPress={() => onOpenChange(true)}
      >
        {t('traceOne.button')}
      </Button>
      <Dialog
        className={READABLE}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        width={680}
      >
        <DialogHeader>{t('traceOne.title')}</DialogHeader>
        <DialogBody>
          {isOpen && <LoadedRecipe entityRef={entityRef} onSent={onSent} />}
        </DialogBody>
      </Dialog>
    </>
  );
}

function LoadedRecipe(props: {
  entityRef: CompoundEntityRef;
  onSent: (traceId: string) => void;
}) {
  const { entityRef, onSent } = props;
  const api = useApi(meshTracingApiRef);
  const forcing = useLoad(JSON.stringify(entityRef), signal =>
    api.getForcing(entityRef, { signal }),
  );
  return (
    <Loaded load={forcing} lines={8}>
      {({ hops }) => <Recipe hops={hops} onSent={onSent} />}
    </Loaded>
  );
}
