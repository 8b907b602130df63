/**
 * The one home of Remix options; vite.config.ts passes it to the plugin, which does not read it by itself.
 * Every v3 flag that keeps file routes is on, so moving to React Router 7 is a change of import names.
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  // The starter builds beside the old build and swaps them, so that nobody is served half a build.
  buildDirectory: process.env.TANDEM_BUILD_FOLDER ?? "build",
  ignoredRouteFiles: ["**/.*", "**/*.test.{ts,tsx}"],
  future: {
    v3_singleFetch: true,
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: true,
  },
};
