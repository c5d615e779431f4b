/** Imports point one way: core <- store, s3, blob, ingest <- services <- http, edge, worker <- app. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { path: '^(lib|app|components)/', pathNot: allowed.map((part) => `^${part}`) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    only('core-is-pure', '^lib/core/', ['lib/core/']),
    only('contracts-see-core', '^lib/contracts/', ['lib/contracts/', 'lib/core/']),
    only('config-sees-core', '^lib/config/', ['lib/config/', 'lib/core/']),
    only('db-sees-core', '^lib/db/', ['lib/db/', 'lib/core/', 'lib/config/']),
    only('blob-sees-core', '^lib/blob/', ['lib/blob/', 'lib/core/']),
    only('s3-sees-core', '^lib/s3/', ['lib/s3/', 'lib/core/', 'lib/blob/']),
    only('store-sees-core', '^lib/store/', ['lib/store/', 'lib/core/', 'lib/db/']),
    only('ingest-sees-store', '^lib/ingest/', [
      'lib/ingest/',
      'lib/core/',
      'lib/store/',
      'lib/blob/',
      'lib/db/',
    ]),
    only('services-see-down', '^lib/services/', [
      'lib/services/',
      'lib/contracts/',
      'lib/core/',
      'lib/config/',
      'lib/db/',
      'lib/store/',
      'lib/blob/',
      'lib/s3/',
      'lib/ingest/',
    ]),
    only('queries-see-contracts', '^lib/queries/', ['lib/queries/', 'lib/contracts/', 'lib/core/']),
    only('client-sees-contracts', '^lib/client/', ['lib/client/', 'lib/contracts/', 'lib/core/']),
    only('components-see-contracts', '^components/', [
      'components/',
      'lib/queries/',
      'lib/contracts/',
      'lib/core/',
    ]),
    {
      name: 'only-db-and-store-know-sql',
      severity: 'error',
      from: {
        path: '^(lib|app|components)/',
        pathNot: '^lib/(db|store|testing|runtime)/|\\.test\\.ts$',
      },
      to: { path: 'node_modules/(pg|pg-copy-streams|@prisma/adapter-pg)/' },
    },
    {
      name: 'only-app-and-http-know-next',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(http|web)/' },
      to: { path: 'node_modules/next/' },
    },
    {
      name: 'nobody-imports-app',
      severity: 'error',
      from: { path: '^(lib|components)/' },
      to: { path: '^app/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|lib/db/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
