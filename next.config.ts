import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Clients of the v1 API write paths with and without it; both are answered, neither is sent elsewhere.
  skipTrailingSlashRedirect: true,
  // Native-feeling packages that must stay one instance per process, shared with our own server.
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'better-auth', 'pino'],
  turbopack: { root: import.meta.dirname },
  devIndicators: false,
  // With a cache left by an earlier `npm run dev`, Turbopack asks every page to reload itself, without end.
  experimental: { turbopackFileSystemCacheForDev: false },
  // `npm test` checks types; a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
