import { APP_NAMESPACE } from '../../kubernetes/meshWorkloads';
import { nextSecond } from '../../oracle/istiod/OracleLab';
import type { BrokenSetup } from '../PlantedSetup';

const details = { entity: 'details', workload: 'details-v1' } as const;
const symptom =
  'The calls of the frontend to the details are traced; nothing of the details is.';

/** A workload that has no proxy which could trace. */
export const meshSetups: BrokenSetup[] = [
  {
    ...details,
    name: 'not injected',
    planted:
      'The namespace has no label for the injection, and the pod no proxy.',
    symptom,
    expected: { rung: 'in-mesh', code: 'injection-label-missing' },
    plant: async lab => {
      await lab.labelNamespace({ 'istio-injection': null });
      await lab.pods.rollOut('details-v1');
    },
  },
  {
    ...details,
    name: 'injection switched off for the pod',
    planted: 'The pods of the details carry sidecar.istio.io/inject: false.',
    symptom,
    expected: { rung: 'in-mesh', code: 'injection-refused' },
    plant: lab =>
      lab.pods.rollOut('details-v1', { 'sidecar.istio.io/inject': 'false' }),
  },
  {
    ...details,
    name: 'injected after the pod',
    planted:
      'The namespace got its label for the injection after the pod had started.',
    symptom,
    expected: { rung: 'in-mesh', code: 'pod-older-than-label' },
    plant: async lab => {
      // Kubernetes notes who set a label only where it noted somebody before.
      await lab.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: APP_NAMESPACE, labels: { team: 'books' } },
      });
      await lab.labelNamespace({ 'istio-injection': null });
      await lab.pods.rollOut('details-v1');
      await nextSecond();
      await lab.labelNamespace({ 'istio-injection': 'enabled' });
    },
  },
  {
    ...details,
    name: 'ambient without waypoint',
    planted:
      'The pod of the details is in the ambient mesh and has no waypoint; ztunnel traces nothing.',
    symptom,
    expected: { rung: 'in-mesh', code: 'ambient-without-waypoint' },
    outcome:
      'Requests are traced again. The API server takes the waypoint that is offered first; the lab has no ztunnel that would use it.',
    wanted: ({ what }) => what.includes('sidecar'),
    plant: async lab => {
      await lab.labelNamespace({ 'istio-injection': null });
      await lab.pods.rollOut(
        'details-v1',
        { 'istio.io/dataplane-mode': 'ambient' },
        { 'ambient.istio.io/redirection': 'enabled' },
      );
    },
  },
];
