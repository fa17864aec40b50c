import { execFileSync } from 'node:child_process';
import { applyCommand } from './applyCommand';

/** What a shell hands to kubectl. */
function handedOver(yaml: string): string {
  return execFileSync(
    'sh',
    ['-c', `kubectl() { echo "$*"; cat; }\n${applyCommand(yaml)}`],
    { encoding: 'utf8' },
  );
}

describe('the command that applies a manifest', () => {
  it('feeds the manifest to kubectl apply', () => {
    expect(applyCommand('kind: Telemetry\n')).toBe(
      "kubectl apply -f - <<'EOF'\nkind: Telemetry\nEOF\n",
    );
  });

  it.each([
    'kind: Telemetry\n',
    'value: it\'s $(touch /tmp/x) `id` $HOME \\ "quoted"\n',
    'value: |\nEOF\n; echo here\nEOF_\n',
  ])('hands %j to kubectl as it is', yaml => {
    expect(handedOver(yaml)).toBe(`apply -f -\n${yaml}`);
  });
});
