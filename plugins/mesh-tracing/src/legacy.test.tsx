import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  entityRouteRef,
  EntityProvider,
} from '@backstage/plugin-catalog-react';
import {
  EntityMeshTracingContent,
  isMeshTracingAvailable,
  meshTracingPlugin,
  MeshTracingPage,
} from './legacy';
import { meshTracingApiRef } from './shared/api/MeshTracingApi';
import { checkoutEntity, fakeApi } from './testing';

const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};

describe('the entry for the legacy frontend system', () => {
  it('brings the API with it', () => {
    expect([...meshTracingPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      meshTracingApiRef.id,
    ]);
  });

  it('shows the same tab on an entity page', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[meshTracingApiRef, fakeApi()]]}>
        <EntityProvider entity={checkoutEntity()}>
          <EntityMeshTracingContent />
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes },
    );

    expect(
      await screen.findByRole('group', { name: 'Effective sampling' }),
    ).toHaveTextContent('50 %');
  });

  it('shows the page of everything owned', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[meshTracingApiRef, fakeApi()]]}>
        <Routes>
          <Route path="/" element={<MeshTracingPage />} />
        </Routes>
      </TestApiProvider>,
      { mountedRoutes },
    );

    expect(
      await screen.findByText('Owned by you and your groups'),
    ).toBeInTheDocument();
  });

  it('offers the tab to components alone', () => {
    expect(isMeshTracingAvailable(checkoutEntity({}))).toBe(true);
    expect(isMeshTracingAvailable({ ...checkoutEntity(), kind: 'Group' })).toBe(
      false,
    );
  });
});
