import { join } from 'node:path';
import { unlessFresh } from './fingerprint.mjs';
import { pinnedNode } from './install.mjs';
import { root, run } from './run.mjs';

/** Generates the Prisma client when the schema changed. */
export async function generate() {
  await unlessFresh({
    stamp: 'lib/db/generated/.opendcp-generated',
    sources: ['prisma/schema.prisma', 'package-lock.json'],
    work: () => run(pinnedNode, [join(root, 'scripts/prisma.mjs'), 'generate'], { quiet: true }),
  });
}

/** Builds the dashboard when its sources changed. */
export async function build() {
  await unlessFresh({
    stamp: '.next/opendcp-built',
    sources: [
      'app',
      'components',
      'lib',
      'prisma/schema.prisma',
      'public',
      'next.config.ts',
      'postcss.config.mjs',
      'tsconfig.json',
      'package-lock.json',
    ],
    work: async () => {
      console.log('Building the dashboard …');
      await run(pinnedNode, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
        quiet: true,
        env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      });
    },
  });
}
