/**
 * What the scripts of tracing tutorials compute from Jaeger's JSON: latency by
 * service and operation, errors, and calls between services. Prints the seconds.
 */
export const pythonAnalysis = `
import json, sys, time, collections
started = time.perf_counter()
with open(sys.argv[1], 'rb') as file:
    data = json.load(file)
durations = collections.defaultdict(list)
errors = collections.Counter()
edges = collections.Counter()
for trace in data['data']:
    names = {pid: p['serviceName'] for pid, p in trace['processes'].items()}
    spans = {span['spanID']: span for span in trace['spans']}
    for span in trace['spans']:
        service = names[span['processID']]
        durations[(service, span['operationName'])].append(span['duration'])
        if any(tag['key'] == 'error' and tag['value'] for tag in span['tags']):
            errors[service] += 1
        for reference in span['references']:
            parent = spans.get(reference['spanID'])
            if parent and names[parent['processID']] != service:
                edges[(names[parent['processID']], service)] += 1
def percentile(values, q):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * q))]
report = {key: (len(v), sum(v) / len(v), percentile(v, .5), percentile(v, .95), percentile(v, .99)) for key, v in durations.items()}
assert report and edges
print(time.perf_counter() - started)
`;
