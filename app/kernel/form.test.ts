import { expect, test } from "vitest";
import * as z from "zod";
import uiWords from "~/ui/words/en";
import { parseForm, readForm, refuseForm } from "./form";

const schema = z.object({
  title: z.string().trim().min(3).max(10),
  email: z.email(),
  count: z.number(),
  status: z.enum(["new", "done"]),
  note: z.string().optional(),
  password: z.string().min(1),
  free: z
    .string()
    .refine((text) => text !== "taken", "wrong-login")
    .optional(),
  raw: z
    .string()
    .refine((text) => text !== "bad", "An English sentence of the schema")
    .optional(),
});

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

const good = { title: "A joint", email: "a@b.example", count: "3", status: "new", password: "secret" };

test("a good form arrives as what the schema promises", () => {
  expect(parseForm(form(good), schema)).toEqual({ ok: true, value: { ...good, count: 3 } });
});

test("nothing that was typed is lost when a form is refused, except passwords", () => {
  const typed = { ...good, title: "  No ", email: "half@", note: "Three lines\nof text", password: "secret" };
  const answer = parseForm(form(typed), schema);
  const { password: _, ...rest } = typed;
  expect(answer).toMatchObject({ ok: false, values: rest });
  expect(JSON.stringify(answer)).not.toContain("secret");
});

test("files are never sent back", () => {
  const data = form({ title: "A joint" });
  data.append("picture", new File(["bytes"], "lamp.png"));
  expect(refuseForm(data, { "": "invalid" }).values).toEqual({ title: "A joint" });
});

test.each([
  ["an empty field", { title: "" }, "title", "required"],
  ["a field of spaces", { title: "   " }, "title", "too-short:3"],
  ["too little", { title: "ab" }, "title", "too-short:3"],
  ["too much", { title: "a long, long title" }, "title", "too-long:10"],
  ["half an address", { email: "half@" }, "email", "not-email"],
  ["no number", { count: "three" }, "count", "not-number"],
  ["an option nobody offered", { status: "gone" }, "status", "not-offered"],
  ["what the module itself refuses", { free: "taken" }, "free", "wrong-login"],
  ["a sentence that is no code", { raw: "bad" }, "raw", "invalid"],
])("%s is named by a code", (_, change, field, code) => {
  expect(parseForm(form({ ...good, ...change }), schema)).toMatchObject({ errors: { [field]: code } });
});

test("every code this file gives has a sentence", () => {
  const codes = ["required", "too-short", "too-long", "not-email", "not-number", "not-offered", "invalid"];
  expect(Object.keys(uiWords.errors)).toEqual(expect.arrayContaining(codes));
});

test("every code with which a route or the server refuses a form has a sentence", () => {
  const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "../../server/**/*.ts", "!../**/*.test.{ts,tsx}"], {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const codes = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/refuseForm\([^{]*\{[^}]*?: "([^"]+)"/g)].map((found) => found[1]),
  );
  // A page may say a code in words of its own.
  const own = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/sentences=\{\{([^}]*)\}\}/g)].flatMap(([, said = ""]) =>
      [...said.matchAll(/"([a-z-]+)":/g)].map((found) => found[1]),
    ),
  );
  expect(new Set(codes)).toEqual(
    new Set(["not-allowed", "not-offered", "required", "same-title", "too-often", "wrong-code"]),
  );
  expect([...Object.keys(uiWords.errors), ...own]).toEqual(expect.arrayContaining(codes));
});

test("control characters that no database keeps are left out, line breaks and tabs stay, a password is untouched", () => {
  const answer = parseForm(
    form({ ...good, title: "A\u0000 jo\u001bint", note: "One\r\n\ttwo\u0000", password: "a\u0001b" }),
    schema,
  );
  expect(answer).toMatchObject({ ok: true, value: { title: "A joint", note: "One\r\n\ttwo", password: "a\u0001b" } });
});

const MULTIPART = "multipart/form-data; boundary=x";

test.each([
  ["JSON", "application/json", '{"title":"A joint"}'],
  ["text", "text/plain", "title=A"],
  ["several parts without a boundary", "multipart/form-data", "title=A"],
  ["several parts cut off in the middle", MULTIPART, '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nA jo'],
  ["several parts that are none", MULTIPART, "title=A"],
])("a body that is no form is the sender's mistake, not a failure of ours: %s", async (_what, type, body) => {
  const request = new Request("http://a.example", { method: "POST", headers: { "content-type": type }, body });
  const answer = await readForm(request).catch((thrown: unknown) => thrown);
  expect(answer).toBeInstanceOf(Response);
  expect((answer as Response).status).toBe(400);
});

test("a form is read as it was sent", async () => {
  const body = new URLSearchParams({ title: "Шарнір" });
  const read = await readForm(new Request("http://a.example", { method: "POST", body }));
  expect(read.get("title")).toBe("Шарнір");
});
