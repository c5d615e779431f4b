// npm test: everything that must hold, from a fresh clone. Closes with a line "N passed, N failed".
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, generate } from './setup/build.mjs';
import { installClients } from './setup/clients.mjs';
import { install, pinnedNode } from './setup/install.mjs';
import { root, run } from './setup/run.mjs';

await install();
await generate();
const browser = await installClients();
const reports = await mkdtemp(join(tmpdir(), 'opendcp-reports-'));

const env = {
  // Tools that start with `#!/usr/bin/env node` get the pinned Node.
  PATH: `${dirname(pinnedNode)}:${process.env.PATH}`,
  NEXT_TELEMETRY_DISABLED: '1',
  ...(browser ? { CHROMIUM_PATH: browser } : {}),
};
/** Runs a package's program by the name it has on the command line. */
const tool = (name, ...args) =>
  run(pinnedNode, [join(root, 'node_modules', '.bin', name), ...args], { env });

/** Each is one check; a failed one does not hide the others. */
const checks = [
  ['types', () => tool('next', 'typegen').then(() => tool('tsc', '--noEmit'))],
  ['lint', () => tool('eslint', '.')],
  ['format', () => tool('prettier', '--check', '--log-level=warn', '.')],
  ['layers', () => tool('depcruise', 'app', 'components', 'lib')],
  ['unused code', () => tool('knip', '--no-config-hints')],
];

const total = { passed: 0, failed: 0 };
/** Tests of clients and servers that this machine does not have, by name. */
const skipped = [];
/** Journeys that passed only when they were tried again, by name: to be looked into. */
const flaky = [];
for (const [name, check] of checks) {
  console.log(`\n— ${name}`);
  await check().then(
    () => (total.passed += 1),
    (error) => {
      total.failed += 1;
      console.error(error.message);
    },
  );
}

console.log('\n— unit and integration tests');
const unitReport = join(reports, 'unit.json');
await countTests(
  () =>
    tool(
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ),
  unitReport,
  (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status === 'skipped' || status === 'pending')
      .map(({ fullName }) => fullName),
  }),
);

console.log('\n— journeys in a browser');
const journeyReport = join(reports, 'journeys.json');
env.PLAYWRIGHT_JSON_OUTPUT_NAME = journeyReport;
await countTests(
  async () => {
    await build();
    await tool('playwright', 'test', '--reporter=list,json');
  },
  journeyReport,
  (report) => ({
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
    flaky: report.suites.flatMap(flakyIn),
  }),
);

await rm(reports, { recursive: true, force: true });
for (const name of skipped) console.log(`Skipped: ${name}`);
for (const name of flaky) console.log(`Passed on the second try: ${name}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** Adds the runner's own counts; a runner that failed without a failed test counts as one. */
async function countTests(runTests, reportFile, read) {
  const error = await runTests().then(
    () => null,
    (reason) => reason,
  );
  const report = await readFile(reportFile, 'utf8').then(JSON.parse, () => null);
  const counts = report ? read(report) : { passed: 0, failed: 0 };
  total.passed += counts.passed;
  total.failed += counts.failed;
  skipped.push(...(counts.skipped ?? []));
  flaky.push(...(counts.flaky ?? []));
  if (error && counts.failed === 0) total.failed += 1;
  if (error) console.error(error.message);
}

/** Playwright's report nests files, groups and journeys. */
function flakyIn({ file, specs, suites = [] }) {
  return [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title }) => `${file}: ${title}`),
    ...suites.flatMap(flakyIn),
  ];
}
