/**
 * What is drawn at random in tests is the same in every run, so that a failure can be repeated. To draw other cases, give
 * another seed: `TEST_SEED=7 npm test`. A property that fails prints the seed it had.
 */
export const testSeed = Number(process.env['TEST_SEED'] ?? 20_261_127);
