/**
 * The one home of Remix options; vite.config.ts passes it to the plugin, which does not read it by itself.
 * Every v3 flag that keeps file routes is on, so moving to React Router 7 is a change of import names.
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  ignoredRouteFiles: ["**/.*", "**/*.test.{ts,tsx}"],
  future: {
    v3_singleFetch: true,
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: true,
  },
};
