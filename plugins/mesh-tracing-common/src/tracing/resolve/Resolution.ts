import type { TelemetryIndex } from '../chain/TelemetryIndex';
import type { TracingChain } from '../chain/tracingChain';
import type { CustomisationIndex } from '../customisations/CustomisationIndex';
import type { MeshReading } from '../../meshconfig';
import type {
  MeshTracingInputs,
  TracingService,
} from '../model/MeshTracingInputs';
import type { ProviderRegistry } from './ProviderRegistry';
import type { IstiodContext, ProxyContext } from './ProxyContext';
import type { ResolvedSides } from './SideCache';

/** The whole way from the inputs to one proxy's listeners. */
export interface Resolution {
  inputs: MeshTracingInputs;
  mesh: MeshReading;
  index: TelemetryIndex;
  providers: ProviderRegistry;
  customisations: CustomisationIndex;
  istiod: IstiodContext;
  context: ProxyContext;
  service: TracingService | undefined;
  chain: TracingChain;
  sides: ResolvedSides;
}
