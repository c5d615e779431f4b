/** Its session, housekeeping, cancels, privacy requests, and counts with their locks; an upload's COPY and merges, and its progress. */
const connections = { forWorker: 11, forUpload: 6 };

/** Connections to PostgreSQL that a worker takes for so many uploads side by side, besides those of every process. */
export function connectionsOf(uploadsAtOnce: number): number {
  return connections.forWorker + uploadsAtOnce * connections.forUpload;
}
