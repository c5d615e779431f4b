import { roleConfig } from '../config/role-config.ts';
import { getLogger } from '../http/logger.ts';
import { startEdge, type Edge } from './start-edge.ts';

/** A transfer under way gets this long to finish; clients send again what was cut off. */
const patience = 5_000;

let edge: Edge | undefined;
try {
  edge = await startEdge(roleConfig(), getLogger());
  process.send?.({ kind: 'ready', ports: edge.ports });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (process.send) process.send({ kind: 'failed', message }, () => process.exit(1));
  else {
    console.error(message);
    process.exit(1);
  }
}

process.once('SIGTERM', () => {
  setTimeout(() => process.exit(0), patience + 2_000).unref();
  void edge?.stop(patience).then(() => process.exit(0));
});
// The launcher was killed.
process.once('disconnect', () => process.exit(0));
