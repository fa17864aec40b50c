import { ConfigReader } from '@backstage/config';
import { readTracesConfig } from './readTracesConfig';

const read = (traces?: object) =>
  readTracesConfig(new ConfigReader({ meshTracing: { traces } } as never));

describe('meshTracing.traces', () => {
  it('shows whole traces unless it says otherwise', () => {
    expect(read()).toEqual({ foreignSpans: 'full' });
    expect(read({ foreignSpans: 'redacted' })).toEqual({
      foreignSpans: 'redacted',
    });
  });

  it('says where it is wrong', () => {
    expect(() => read({ foreignSpans: 'hidden' })).toThrow(
      "meshTracing.traces.foreignSpans is 'hidden'; use one of full, redacted",
    );
  });
});
