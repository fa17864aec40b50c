import { groupFindings, groupVerdicts } from './groupEqual';

const refusal = (message: string) => ({
  rule: 'freeze',
  allowed: false,
  message,
});

describe('a preview of many workloads', () => {
  it('shows equal verdicts once, with their number', () => {
    expect(
      groupVerdicts([
        refusal('not on Friday'),
        refusal('not of gateways'),
        refusal('not on Friday'),
        { ...refusal('not on Friday'), allowed: true },
        refusal('not on Friday'),
      ]),
    ).toEqual([
      { ...refusal('not on Friday'), count: 3 },
      refusal('not of gateways'),
      { ...refusal('not on Friday'), allowed: true },
    ]);
  });

  it('keeps verdicts on different fields apart', () => {
    const verdicts = ['a', 'b'].map(field => ({ ...refusal('no'), field }));
    expect(groupVerdicts(verdicts)).toEqual(verdicts);
  });

  it('shows equal findings once, with all of their resources', () => {
    const finding = (severity: 'info' | 'error', resources?: string[]) => ({
      severity,
      code: 'chain-managed',
      what: 'It is managed.',
      whatToDo: 'Change it there.',
      ...(resources && { resources }),
    });
    expect(
      groupFindings([
        finding('info', ['shop/a']),
        finding('error'),
        finding('info', ['shop/b', 'shop/a']),
      ]),
    ).toEqual([finding('info', ['shop/a', 'shop/b']), finding('error')]);
  });
});
