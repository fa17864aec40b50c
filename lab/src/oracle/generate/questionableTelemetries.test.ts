import { validateTelemetry } from 'backstage-plugin-mesh-tracing-common';
import { asPosted } from '../compare/asPosted';
import { questionableTelemetries } from './questionableTelemetries';

describe('questionableTelemetries', () => {
  it('are known by what is special about them', () => {
    const names = questionableTelemetries().map(({ about }) => about);

    expect(new Set(names).size).toBe(names.length);
  });

  it('are refused by the schema, by the webhook, and by nobody', () => {
    const verdicts = new Set(
      questionableTelemetries().map(
        ({ telemetry }) =>
          validateTelemetry(asPosted(telemetry)).errors.find(
            ({ by }) => by !== 'portal',
          )?.by ?? 'nobody',
      ),
    );

    expect(verdicts).toEqual(new Set(['schema', 'webhook', 'nobody']));
  });
});
