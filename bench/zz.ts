import { benchScale } from './src/scale/benchScale';
const t = performance.now();
benchScale().then(rows => { rows.forEach(r => console.log(r.name, r.value.toFixed(2), r.unit, r.limit ?? '')); console.log('total', (performance.now()-t)/1000); process.exit(0); }, e => { console.error(e, e.cause); process.exit(1); });
