/**
 * Processor time that some work takes of this process, in milliseconds. What else the
 * machine does lengthens time on the clock, and not this.
 */
export async function cpuMs(work: () => unknown): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}

/** The same at best of three, without what a first run compiles. */
export async function bestCpuMs(work: () => unknown): Promise<number> {
  const times = [await cpuMs(work), await cpuMs(work), await cpuMs(work)];
  return Math.min(...times);
}
