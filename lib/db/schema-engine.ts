import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { createPool } from './pool.ts';

interface EngineModule {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: typeof engineModule.SchemaEngine;
}

/**
 * Runs `work` with Prisma's schema engine as WebAssembly: the native one is a download from
 * outside the npm registry, which many servers cannot reach.
 */
export async function withSchemaEngine<Result>(
  connectionString: string,
  work: (engine: engineModule.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const bindings = await loadBindings();
  // Our own pool, because freeing the engine leaves the connections of its own open.
  const pool = createPool(connectionString, { max: 2 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    adapter,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

async function loadBindings(): Promise<EngineModule> {
  const bindings = engineModule as unknown as EngineModule;
  const packageFile = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const binary = await readFile(join(dirname(packageFile), 'schema_engine_bg.wasm'));
  const imports = { './schema_engine_bg.js': engineModule as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(binary, imports);
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return bindings;
}
