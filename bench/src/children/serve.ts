// What children that serve have in common: they say their port and answer how much they have used.

/** Tells the parent the port, and from then on the usage whenever it asks. */
export function announce(port: number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage().rss });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}
