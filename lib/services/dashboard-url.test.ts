import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  [{}, 'http://127.0.0.1:3000/uploads/1'],
  [{ PORT: '3400' }, 'http://127.0.0.1:3400/uploads/1'],
  [{ HOST: '0.0.0.0' }, 'http://localhost:3000/uploads/1'],
  [{ HOST: '::1' }, 'http://[::1]:3000/uploads/1'],
  [{ PUBLIC_URL: 'https://dcp.example.com/' }, 'https://dcp.example.com/uploads/1'],
])('with %j it is %s', async (settings, address) => {
  const needed = { DATABASE_URL: 'postgresql://localhost/x', MASTER_KEY: 'the key of the tests' };
  for (const [name, value] of Object.entries({ ...needed, ...settings })) vi.stubEnv(name, value);
  // Settings are read once in a process.
  vi.resetModules();
  const { dashboardUrl } = await import('./dashboard-url.ts');
  expect(dashboardUrl('/uploads/1')).toBe(address);
});
