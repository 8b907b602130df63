import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import compileMessage from "icu-minify/compile";
import { defineConfig, type Plugin, transformWithEsbuild } from "vite";
import remixConfig from "./remix.config.js";
import { ownAddress } from "./vite.own-address";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    tailwindcss(),
    compiledWords(),
    iconsOneByOne(),
    licencesApart(),
    boardAlone(),
    offlineFiles(),
    ownAddress,
    remix(remixConfig),
    // react-aria carries thirty languages of its own words; people here read four.
    optimizeLocales.vite({ locales: ["en-US", "uk-UA", "ru-RU", "zh-CN"] }),
  ],
  resolve: {
    alias: [
      { find: "~", replacement: fileURLToPath(new URL("./app", import.meta.url)) },
      { find: /^use-intl$/, replacement: fileURLToPath(new URL("./app/ui/intl.tsx", import.meta.url)) },
    ],
  },
  // Hundreds of small files each: read one by one they were half of the time a start takes.
  ssr:
    command === "build"
      ? { noExternal: [/^@?react-aria/, /^@?react-stately/, /^@internationalized\//, "lucide-react", "use-intl"] }
      : {},
  // Found only while the first page loads, they would make Vite reload it with two copies of React.
  optimizeDeps: { include: ["use-intl/core", "lucide-react"] },
  // They stand in one file instead (licencesApart): repeated in each script they were 2.5 kB of every page.
  esbuild: { legalComments: "none" },
  build: {
    target: "es2022",
    // The budget of 130 kB is held by a test that gzips what a page loads; printing sizes costs a second.
    reportCompressedSize: false,
    rollupOptions: {
      output: isSsrBuild ? {} : { manualChunks: (id, { getModuleInfo }) => chunkOf(id, getModuleInfo) },
    },
  },
}));

function chunkOf(id: string, infoOf: (id: string) => { readonly importers: readonly string[] } | null) {
  return chunkOfWords(id) ?? chunkOfFrame(id) ?? chunkOfIdea(id) ?? chunkOfIcon(id, infoOf(id)?.importers ?? []);
}

/**
 * One chunk of sentences per language, so that a browser downloads only the one its person reads; staff's own, the doors', guests', the
 * editor's and those of a module's own pages apart.
 */
function chunkOfWords(id: string): string | undefined {
  const [, module, apart, locale] =
    /\/app\/([^/]+)\/words\/(staff\/|door\/|guest\/|page\/)?(en|uk|ru|zh)\.ts$/.exec(id) ?? [];
  if (!locale) return undefined;
  if (apart === "page/") return `${module}-words-${locale}`;
  const kind = apart ? `${apart.slice(0, -1)}-words` : id.includes("/app/collab/") ? "editor-words" : "words";
  return `${kind}-${locale}`;
}

/** What opens later, is staff's, or stands on a few pages. */
const APART =
  /^(?:staff-|shortcuts|single-keys|palette-dialog|dialog$|spine$|confirm$|tabs$|table$|line-chart$|chart$|switch$|progress-bar$|kept$|money$|held-form$|online$)/;

/**
 * What nearly every page of both sides uses, in one file: as two dozen of 2 kB each it took a slow line five round trips.
 * Staff's own shell, the gallery and what opens later stay apart.
 */
function chunkOfFrame(id: string): string | undefined {
  if (SEARCHED.test(id)) return "search";
  if (SMALL.test(id) || id.includes("/react-dom/client.js")) return "frame";
  const name = /\/app\/(?:(?:words|page-words|places)\.ts|(?:ui|kernel)\/([^/]+)\.tsx?)$/.exec(id);
  return name && !APART.test(name[1] ?? "") ? "frame" : undefined;
}

/** What lists have alone that are searched. */
const SEARCHED = /\/app\/(?:ui\/(?:marked|search-field)|kernel\/search-tokens)\.tsx?$/;

/** Of other modules and on most pages: a few hundred bytes each, which alone would take a turn of the line each. */
const SMALL =
  /\/app\/(?:notifications\/(?:notification|ui\/bell)|ideas\/(?:idea|ui\/(?:status|back-link|refused|send)))\.tsx?$/;

/** What an idea's page begins with on both sides, what of it is the brief, which a guest's page has alone. */
function chunkOfIdea(id: string): string | undefined {
  if (/\/app\/collab\/(?:ui\/(?:live-brief|rich-text-view)|rich-text(?:-plain)?|room)\.tsx?$/.test(id)) return "brief";
  if (/\/app\/ideas\/ui\/(?:support-panel|together-notice|quick-form)\.tsx$/.test(id)) return "idea-top";
  return undefined;
}

const ICON = /\/lucide-react\/dist\/esm\/icons\/[^/]+\.mjs$/;

/** An icon comes with the part that shows it; those of several parts come together, with the frame or for staff alone. */
function chunkOfIcon(id: string, users: readonly string[]): string | undefined {
  if (!ICON.test(id)) return id.includes("/lucide-react/") ? "frame" : undefined;
  if (users.some((user) => chunkOfFrame(user) === "frame")) return "frame";
  const parts = users.filter((user) => !user.includes("/app/collab/"));
  if (parts.length < 2) return undefined;
  return parts.every((user) => /\/(staff-|gallery\/)/.test(user)) ? "staff-icons" : "frame";
}

/**
 * Icons are imported from where each of them is: through the one file that names all of them, the frame took along every
 * icon that any page shows, staff's and the editor's too.
 */
function iconsOneByOne(): Plugin {
  const folder = fileURLToPath(new URL("./node_modules/lucide-react/dist/esm/", import.meta.url));
  const files = new Map<string, string>();
  for (const [, names = "", file = ""] of readFileSync(`${folder}lucide-react.mjs`, "utf8").matchAll(
    /^export \{ ([^}]*) \} from '\.\/(icons\/[^']+)\.mjs';$/gm,
  )) {
    for (const [, name = ""] of names.matchAll(/default as (\w+)/g)) files.set(name, file);
  }
  return {
    name: "icons-one-by-one",
    enforce: "pre",
    apply: "build",
    transform(source, id) {
      if (!/\/app\/.+\.tsx?$/.test(id) || !source.includes('"lucide-react"')) return null;
      const code = source.replace(/import \{([^}]*)\} from "lucide-react";/g, (_, names: string) =>
        names
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name && !name.startsWith("type "))
          .map((name) => {
            const [icon = "", own = icon] = name.split(" as ");
            const file = files.get(icon);
            if (!file) throw new Error(`lucide-react has no icon ${icon}, which ${id} shows.`);
            return `import ${own} from "lucide-react/${file}";`;
          })
          .join(" "),
      );
      return { code, map: null };
    },
  };
}

/**
 * The drawing of a board, without its ways out: fonts come from here (server/http/assets.ts) and from no other host, and what
 * makes diagrams of text, several megabytes that no page of ours opens, is left out.
 */
function boardAlone(): Plugin {
  const none = "\0no-diagrams";
  return {
    name: "board-alone",
    enforce: "pre",
    resolveId: (id) => (id === "@excalidraw/mermaid-to-excalidraw" ? none : null),
    load: (id) => (id === none ? "export const parseMermaidToExcalidraw = () => Promise.reject(new Error());" : null),
    transform(code, id) {
      if (!id.includes("/@excalidraw/excalidraw/") || !code.includes("`https://esm.sh/")) return null;
      return { code: code.replaceAll("`https://esm.sh/", "location.origin+`/board-assets/"), map: null };
    },
  };
}

/** The drawing's own sentences in languages that nobody here reads. */
const FOREIGN = /\/excalidraw\/.*\/locales\/(?!uk-UA|ru-RU|zh-CN)/;

/**
 * The page that shows kept documents without a connection, and the names of all that it needs: `shell` for itself, `brief`
 * and `board` for what it draws then. A language's own sentences are among them, and the reader's are picked by its worker.
 */
function offlineFiles(): Plugin {
  return {
    name: "offline-files",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    buildStart() {
      const id = fileURLToPath(new URL("./app/entry.offline.tsx", import.meta.url));
      this.emitFile({ type: "chunk", id, name: "entry.offline" });
    },
    // After chunks that hold nothing but a stylesheet have gone.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const of = (end: string) => chunks.find(({ modules }) => Object.keys(modules).some((id) => id.endsWith(end)));
        const needed = (end: string, known?: { scripts: readonly string[] }) => {
          const found = new Set<string>();
          const styles = new Set<string>();
          const take = (name: string) => {
            const chunk = bundle[name];
            if (
              chunk?.type !== "chunk" ||
              found.has(name) ||
              FOREIGN.test(chunk.facadeModuleId ?? "") ||
              known?.scripts.includes(`/${name}`)
            )
              return;
            found.add(name);
            for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(`/${style}`);
            for (const next of [...chunk.imports, ...(known ? chunk.dynamicImports : [])]) take(next);
          };
          take(of(end)?.fileName ?? "");
          return { scripts: [...found].map((name) => `/${name}`), styles: [...styles] };
        };
        const shell = needed("/app/entry.offline.tsx");
        const brief = needed("/app/collab/ui/brief-editor.tsx", shell);
        const board = needed("/app/collab/ui/board-editor.tsx", shell);
        const words = Object.keys(bundle)
          .filter((name) => /\/(?:editor-)?words-/.test(name))
          .map((name) => `/${name}`);
        const all = ({ scripts, styles }: typeof shell) => [...scripts, ...styles];
        const source = {
          script: `/${of("/app/entry.offline.tsx")?.fileName}`,
          styles: shell.styles,
          shell: [...new Set([...all(shell), ...words])],
          brief: all(brief),
          board: all(board),
        };
        this.emitFile({ type: "asset", fileName: "offline-files.json", source: JSON.stringify(source) });
      },
    },
  };
}

/** The licences of the packages that browsers download, in one file that each script names. */
function licencesApart(): Plugin {
  const texts = new Map<string, string>();
  return {
    name: "licences-apart",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        let packages = 0;
        for (const id of Object.keys(chunk.modules)) {
          const [, folder, name] = /(\/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/)/.exec(id) ?? [];
          if (!folder || !name) continue;
          packages += 1;
          if (!texts.has(name)) texts.set(name, licenceIn(folder));
        }
        if (packages > 0) chunk.code = `/*! Licences: /licences.txt */\n${chunk.code}`;
      }
      const source = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `${name}\n\n${text}\n`);
      this.emitFile({ type: "asset", fileName: "licences.txt", source: source.join("\n----\n\n") });
    },
  };
}

/** What a package says about its licence: its own file, or the name that package.json gives. */
function licenceIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file) return readFileSync(folder + file, "utf8").trim();
  return String(JSON.parse(readFileSync(`${folder}package.json`, "utf8")).license);
}

/**
 * Sentences are parsed when the pages are built, and with them comes the part of use-intl that only fills them in: 8 kB
 * less of the 130 a page may load, and the server does not parse each sentence anew for each page (a twelfth of its time).
 * Jobs and the tests read the same files as they are written.
 */
function compiledWords(): Plugin {
  return {
    name: "compiled-words",
    enforce: "pre",
    apply: "build",
    config: () => ({ resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } } }),
    async transform(source, id) {
      if (!chunkOfWords(id)) return null;
      const { code } = await transformWithEsbuild(source, id);
      const { default: words } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      return { code: `export default ${JSON.stringify(compileWords(words))};`, map: null };
    },
  };
}

type Words = { [key: string]: string | Words };

function compileWords(words: Words): object {
  const pairs = Object.entries(words).map(([key, value]) => [
    key,
    typeof value === "string" ? compileMessage(value) : compileWords(value),
  ]);
  return Object.fromEntries(pairs);
}
