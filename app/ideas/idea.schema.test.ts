import { expect, test } from "vitest";
import { parseForm } from "~/kernel/form";
import { commentForm, submitForm } from "./idea.schema";

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

test.each(["", "   ", "\u200b\u200e", "\u0000", "\u2060\ufeff", "\u3164", "\u00ad"])(
  "words that nobody can see are no words: %j",
  (nothing) => {
    expect(parseForm(form({ title: nothing, text: nothing }), submitForm)).toMatchObject({
      errors: { title: "required", text: "required" },
    });
    expect(parseForm(form({ comment: nothing }), commentForm)).toMatchObject({ errors: { comment: "required" } });
  },
);

test.each(["5", "⚙️", "👩‍🔧", "灯", "?", "é"])("one sign that can be seen is enough: %j", (title) => {
  expect(parseForm(form({ title, text: title }), submitForm)).toMatchObject({
    ok: true,
    value: { title, text: title },
  });
});

test("a line break counts once, and a title is one line", () => {
  const text = `${"x".repeat(19_998)}\r\ny`;
  expect(parseForm(form({ title: "Arm\r\nlock", text }), submitForm)).toMatchObject({
    ok: true,
    value: { title: "Arm lock", text: text.replace("\r\n", "\n") },
  });
});

test("control characters that come along with a copied text are left out, tabs and line breaks are not", () => {
  const title = "Arm\u0000 lock\u0007";
  const text = "One\u0000\tTwo\nThree\u001b";
  expect(parseForm(form({ title, text }), submitForm)).toMatchObject({
    ok: true,
    value: { title: "Arm lock", text: "One\tTwo\nThree" },
  });
});
