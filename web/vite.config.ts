/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// chrome87: the oldest engine still found in the office's dual-core browsers.
export default defineConfig({
  plugins: [react()],
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": process.env.GONGMAI ?? "http://127.0.0.1:8080" } },
  build: { target: "chrome87", cssTarget: "chrome87", sourcemap: false, chunkSizeWarningLimit: 1200, assetsInlineLimit: 0 },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/test.setup.ts"], testTimeout: 20_000 },
});
