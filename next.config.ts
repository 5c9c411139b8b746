import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.DIST_DIR ?? ".next",
  poweredByHeader: false,
  // The page itself comes with what it would announce.
  reactMaxHeadersLength: 0,
  // `*.bench.*` is a route in the build of `npm run bench` alone.
  pageExtensions: ["ts", "tsx", ...(process.env.BENCH_ROUTES ? ["bench.ts", "bench.tsx"] : [])],
  // No page shows a picture: what would fetch and resize them for anybody is not there.
  images: { unoptimized: true },
  // forbidden() answers 403 with app/forbidden.tsx.
  // A roster is the largest that a form carries; the gate holds the others to less.
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: "6mb" } },
  serverExternalPackages: ["fontkit", "pdfkit", "pg", "pg-copy-streams", "pino"],
  // A lockfile in a folder above is none of ours.
  turbopack: { root: import.meta.dirname },
  // `npm test` checks types; TypeScript 7 has no interface that Next could check them by.
  typescript: { ignoreBuildErrors: true },
};

export default config;
