import { build, generate } from './setup/build.mjs';
import { install } from './setup/install.mjs';

await install();
await generate();
await build();
