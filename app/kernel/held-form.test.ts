import { expect, test } from "vitest";
import { readForm, readSentForm } from "./form";
import { HELD_FORM, holdForm } from "./held-form";

const request = (form: FormData) => new Request("http://tandem.example/x", { method: "POST", body: form });
const formOf = (...pairs: [string, string][]) => {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
};

test("a form that waited in another one is read as it was sent, every value of a field with it", async () => {
  const typed = formOf(["form", "role"], ["roles", "designer"], ["roles", "admin"], ["note", '«ні»\n是 "x"']);
  const carrier = formOf([HELD_FORM, holdForm(typed) ?? ""], ["code", "123456"]);
  expect([...(await readForm(request(carrier)))]).toEqual([...typed]);
  expect((await readSentForm(request(carrier))).get("code")).toBe("123456");
});

test("a password and a file do not wait anywhere", () => {
  const typed = formOf(["name", "Jo"], ["password", "secret"], ["new-password", "secret"]);
  typed.append("file", new Blob(["x"]), "x.txt");
  expect(holdForm(typed)).toBe('[["name","Jo"]]');
});

test("what is too much to carry is not carried in part", () => {
  expect(holdForm(formOf(["text", "x".repeat(250_000)]))).toBeNull();
});

test.each(["", "null", "{}", "[1]", '[["a"]]', '[["a",1]]', "[[", '["ab"]', '{"0":["a","b"],"length":1}'])(
  "what is no held form is an ordinary field: %s",
  async (text) => {
    const form = formOf([HELD_FORM, text], ["name", "Jo"]);
    expect((await readForm(request(form))).get("name")).toBe("Jo");
  },
);
