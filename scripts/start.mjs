// npm start / npm run dev. Plain JavaScript without dependencies: on a fresh clone nothing else is there yet.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, generate } from './setup/build.mjs';
import { install, pinnedNode } from './setup/install.mjs';
import { onParentDeath } from './setup/parent.mjs';
import { root } from './setup/run.mjs';

const isDevelopment = process.argv.includes('--dev');

try {
  await install();
  await generate();
  if (!isDevelopment) await build();
} catch (error) {
  console.error(`OpenDCP could not be prepared: ${error.message}`);
  process.exit(1);
}

const launcher = spawn(pinnedNode, [join(root, 'lib/runtime/main.ts')], {
  // The launcher notices by the closed channel when this process is killed.
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  // Ctrl-C reaches the launcher once, through the handler below.
  detached: true,
  env: {
    ...process.env,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  },
});

const stop = () => launcher.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
onParentDeath(stop);
launcher.once('exit', (code) => process.exit(code ?? 1));
