import fc from 'fast-check';
import { ANNOTATION_GITOPS } from '../shared/annotations';
import { namespaceGitOps } from './namespaceGitOps';

const annotated = (value: string) =>
  namespaceGitOps({
    name: 'shop',
    annotations: { [ANNOTATION_GITOPS]: value },
  }).annotation;

describe('namespaceGitOps', () => {
  it.each(['argocd', 'flux', 'helm'])('reads the tool %s', tool => {
    expect(annotated(tool)).toEqual({ managed: true, tool });
  });

  it('reads true and false', () => {
    expect(annotated('true')).toEqual({ managed: true });
    expect(annotated('false')).toEqual({ managed: false });
  });

  it.each(['', 'False', ' false', 'no', 'ArgoCD', 'toString'])(
    'counts %p as managed, and keeps it to be shown',
    value => {
      expect(annotated(value)).toEqual({ managed: true, unknownValue: value });
    },
  );

  it('lets no value but false through', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), value => {
        const read = annotated(value);
        expect(read?.managed).toBe(value !== 'false');
        expect(read?.unknownValue?.length ?? 0).toBeLessThanOrEqual(41);
      }),
    );
  });

  it('tells nothing of a namespace without marks', () => {
    expect(namespaceGitOps({ name: 'shop' })).toEqual({ name: 'shop' });
  });

  it('sees who manages the namespace itself, apart from the annotation', () => {
    expect(
      namespaceGitOps({
        name: 'shop',
        annotations: {
          [ANNOTATION_GITOPS]: 'false',
          'argocd.argoproj.io/tracking-id': 'platform:/Namespace:shop/shop',
        },
      }),
    ).toEqual({
      name: 'shop',
      annotation: { managed: false },
      owner: {
        tool: 'argocd',
        name: 'platform',
        evidence: 'annotation argocd.argoproj.io/tracking-id',
      },
    });
  });
});
