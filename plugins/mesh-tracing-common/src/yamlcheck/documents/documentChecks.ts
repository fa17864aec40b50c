import type { YamlDocumentKind } from '../model/YamlCheck';
import { checkCollector } from './backends/checkCollector';
import { checkJaegerOperator } from './backends/checkJaegerOperator';
import { checkRules } from './backends/checkRules';
import {
  checkEnvoyFilter,
  checkProxyConfig,
  checkSidecar,
} from './cluster/checkCustomisation';
import { checkNamespace } from './cluster/checkNamespace';
import { checkService } from './cluster/checkService';
import { checkWorkload } from './cluster/checkWorkload';
import type { DocumentCheck } from './DocumentContext';
import { checkInstallation, checkMeshConfig } from './mesh/checkMeshConfig';
import { checkTelemetry } from './telemetry/checkTelemetry';

const notAboutTracing: DocumentCheck = ({ findings, recognised }) => {
  findings.add(
    'not-about-tracing',
    `${recognised.resourceKind ?? 'This'} has no part in tracing by the mesh.`,
  );
  return {};
};

/** How documents of each kind are judged. */
export const documentChecks: Readonly<Record<YamlDocumentKind, DocumentCheck>> =
  {
    telemetry: checkTelemetry,
    'mesh-config': checkMeshConfig,
    'istio-operator': checkInstallation,
    'istio-resource': checkInstallation,
    'helm-values': checkInstallation,
    'proxy-config': checkProxyConfig,
    'envoy-filter': checkEnvoyFilter,
    sidecar: checkSidecar,
    service: checkService,
    'service-entry': checkService,
    namespace: checkNamespace,
    workload: checkWorkload,
    'jaeger-operator': checkJaegerOperator,
    collector: checkCollector,
    instrumentation: ({ findings }) => {
      findings.add(
        'instrumentation-of-applications',
        "It is for the applications' own SDKs.",
      );
      return {};
    },
    'prometheus-rules': checkRules,
    'scrape-config': notAboutTracing,
    'retired-istio': ({ findings, recognised, lineOf }) => {
      findings.add(
        'retired-istio-resource',
        `${recognised.apiVersion} is gone from Istio.`,
        { line: lineOf(['apiVersion']) },
      );
      return {};
    },
    'trace-headers': notAboutTracing,
    other: notAboutTracing,
    unreadable: notAboutTracing,
  };
