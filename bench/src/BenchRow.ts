/** One figure with its limit. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  limit?: number;
}
