import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { RemixServer } from "@remix-run/react";
import { Lightbulb } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { GuestsPage } from "~/accounts/ui/guests-page";
import { StaffAccountImportPreview } from "~/accounts/ui/staff-account-import-pages";
import { ViewBanner } from "~/accounts/ui/view-banner";
import { loadAllWords } from "~/all-words";
import { fromPlainText } from "~/collab/rich-text-plain";
import { RichTextView } from "~/collab/ui/rich-text-view";
import { Attachments } from "~/ideas/ui/attachments";
import { GuestSaid } from "~/ideas/ui/guest-said";
import { HomePage } from "~/ideas/ui/home-page";
import { IdeaRows } from "~/ideas/ui/idea-rows";
import { StatusesProvider } from "~/ideas/ui/status";
import { NoticesPage } from "~/notifications/ui/notices-page";
import { StaffMailTrouble } from "~/notifications/ui/staff-mail-trouble";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { Select, TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { IntlProvider } from "~/ui/intl";
import { Link } from "~/ui/link";
import { Marked } from "~/ui/marked";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { PersonMenu } from "~/ui/person-menu";
import { Cell, Table } from "~/ui/table";
import { loadedWords } from "~/words";
import { PAYLOADS } from "../e2e/payloads";

/**
 * That no text of anybody becomes anything but text on a page rests on two things: nothing but React's own writing puts a text
 * into a page, which is looked for in every source; and that writing, by the parts that pages are made of, keeps each of 150
 * texts a text. Letters are swept in app/notifications/emails, and whole pages in a browser (tests/e2e/xss.spec.ts).
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const sources = ["app", "server"].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|fixture)\.tsx?$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(`${ROOT}${folder}/${file}`, "utf8") })),
);

test("no source puts a text into a page past React", () => {
  expect(sources.length).toBeGreaterThan(300);
  const past =
    /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=(?!=)|insertAdjacentHTML|createContextualFragment|document\.write|\.srcdoc\b|srcDoc=|\beval\(|new Function\(|setAttribute\("on/;
  expect(sources.filter(({ text }) => past.test(text)).map(({ file }) => file)).toEqual([]);
});

await loadAllWords("en");
const at = new Date("2026-11-20T10:00:00Z");
const ID = "0f000000-0000-4000-8000-00000000a505";

/** The parts that pages are made of, with one text wherever they take one. */
const PARTS: Readonly<Record<string, (text: string) => ReactNode>> = {
  "the kit": (text) => (
    <>
      <PageHeader title={text} lead={text} above={text} />
      <Notice tone="info">{text}</Notice>
      <Badge>{text}</Badge>
      <Avatar name={text} />
      <EmptyState icon={Lightbulb} title={text} text={text} />
      <Link to="/ideas" aria-label={text} title={text}>
        {text}
      </Link>
      <Table caption={text} head={[text]}>
        <tr>
          <Cell>{text}</Cell>
        </tr>
      </Table>
      <PersonMenu person={{ name: text, detail: text }} />
      <ViewBanner who={text} account={text} endsAt={at} />
    </>
  ),
  "a form that came back": (text) => (
    <PostForm
      name="x"
      labels={{ one: text }}
      failure={{ ok: false, values: { form: "x", one: text, two: text, three: text }, errors: { one: "required" } }}
    >
      <input type="hidden" name="kept" value={text} />
      <TextField name="one" label={text} help={text} />
      <TextArea name="two" label={text} help={text} />
      <Select name="three" label={text} options={[{ value: text, label: text }]} />
    </PostForm>
  ),
  "what people say": (text) => (
    <>
      {/* Its line breaks are elements, and rightly so. */}
      <RichTextView doc={fromPlainText(text.replaceAll("\n", " "))} />
      <GuestSaid
        said={{
          id: ID,
          author: text,
          side: "guest",
          body: `${text} @{${ID}}`,
          mentions: { [ID]: text },
          createdAt: at,
          passage: { thread: ID, about: "brief", quote: text },
        }}
        board="/guest/key/board"
      />
      <Attachments
        items={[
          {
            id: ID,
            name: text,
            byteSize: 10,
            state: "ready",
            refusal: null,
            mediaType: "image/png",
            height: 10,
            width: 10,
            saidId: null,
            supportId: null,
          },
        ]}
      />
    </>
  ),
  "ideas in lists": (text) => (
    <IdeaRows rows={[{ id: ID, title: text, status: "new", author: text, commentCount: 1, createdAt: at }]} />
  ),
  "a home": (text) => (
    <HomePage
      name={text}
      account={text}
      ideas={[]}
      since={at}
      fresh={1}
      waiting={[{ id: ID, title: text, commentId: ID, createdAt: at, who: text, body: text, mentioned: true }]}
      maySubmit
      news={(["idea.submitted", "idea.product_changed", "idea.merged"] as const).map((name) => ({
        id: name,
        name,
        ideaId: ID,
        title: text,
        who: text,
        side: "staff",
        happenedAt: at,
        from: text,
        to: text,
        second: false,
        onBehalf: false,
      }))}
    />
  ),
  notices: (text) => (
    <NoticesPage
      unread={1}
      further={false}
      settings="/settings"
      notices={{
        next: null,
        rows: (["commented", "moved", "merged"] as const).map((says) => ({
          id: says,
          subjectId: ID,
          path: "/ideas",
          says,
          title: text,
          who: text,
          excerpt: text,
          other: text,
          from: text,
          to: text,
          read: false,
          createdAt: at,
        })),
      }}
    />
  ),
  "an import": (text) => (
    <StaffAccountImportPreview
      head={{
        id: ID,
        fileName: text,
        createdAt: at,
        confirmedAt: null,
        who: text,
        new: 1,
        duplicate: 1,
        refused: 0,
      }}
      rows={[
        {
          line: 2,
          cells: { name: text, email: text },
          verdict: "duplicate",
          why: "email",
          duplicateOf: ID,
          duplicateName: text,
          made: ID,
        },
      ]}
      next={null}
      verdict={null}
      mine
    />
  ),
  "mail that does not arrive": (text) => (
    <>
      <StaffMailTrouble trouble={{ email: text, said: text }} lost={null} mayTry={false} />
      <StaffMailTrouble
        trouble={null}
        lost={{ email: text, state: "failed", said: text, writtenAt: at }}
        mayTry={false}
      />
    </>
  ),
  "guests of a thing": (text) => (
    <GuestsPage
      page={{
        object: { kind: "idea", id: ID, accountId: ID, name: text },
        guests: [],
        mayInvite: true,
        mayErase: false,
      }}
      back="/ideas"
      language="en"
      answer={{ done: null, sent: text, failure: null }}
    />
  ),
};

/** A page of one route that shows this, as the server writes it. */
function written(part: ReactNode): string {
  const page = (
    <IntlProvider locale="en-GB" messages={loadedWords("en")} timeZone="UTC">
      <StatusesProvider statuses={[]}>{part}</StatusesProvider>
    </IntlProvider>
  );
  const route = { id: "root", path: "", hasAction: false, hasLoader: false, hasErrorBoundary: false };
  const manifest = { url: "/m.js", version: "1", entry: { module: "/e.js", imports: [] } };
  const context = {
    manifest: { ...manifest, routes: { root: { ...route, module: "/r.js" } } },
    routeModules: { root: { default: () => page } },
    staticHandlerContext: {
      basename: "/",
      location: { pathname: "/", search: "", hash: "", state: null, key: "default" },
      matches: [{ route, params: {}, pathname: "/", pathnameBase: "/" }],
      loaderData: {},
      actionData: null,
      errors: null,
      statusCode: 200,
      loaderHeaders: {},
      actionHeaders: {},
      activeDeferreds: null,
    },
    future: {},
    isSpaMode: false,
    serializeError: (error: unknown) => error,
  };
  // What a build would say of itself besides is of no use to a page without scripts.
  return renderToString(
    <RemixServer context={context as unknown as ComponentProps<typeof RemixServer>["context"]} url="http://x/" />,
  );
}

/** All of a page that is no text: every tag with its attributes, which hold no value of anybody but as a value. */
const skeletonOf = (html: string): string[] =>
  (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '=""'));
const leadsTo = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|action|formaction|srcset|data|style)="([^"]*)"/g)].map(([, value = ""]) => value);

const TEXTS = PAYLOADS.map((payload) => payload.replaceAll("\u0000", ""));

test.each(Object.entries(PARTS))("each of 150 texts is a text and nothing else in %s", (_name, part) => {
  // Of one word, so that a part says as much with it as with any of them.
  const harmless = written(part("harmless"));
  expect(harmless).toContain("harmless");
  for (const text of TEXTS) {
    const html = written(part(text));
    expect(skeletonOf(html), text).toEqual(skeletonOf(harmless));
    expect(leadsTo(html), text).toEqual(leadsTo(harmless));
  }
});

test("each of 150 texts that somebody searches for is marked as a text", () => {
  for (const text of TEXTS) {
    const html = renderToString(<Marked text={`${text} and ${text}`} search={text} />);
    const others = skeletonOf(html).filter((tag) => !/^<(?:mark class=""|\/mark|!-- --)>$/.test(tag));
    expect(others, text).toEqual([]);
  }
});
