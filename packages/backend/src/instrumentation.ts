import { publishMetrics } from './publishMetrics';

publishMetrics(process.env);
