import type { Browser, Page } from "@playwright/test";
import { demoPassword, guestTokens, hanlinIdea, metisIdeas, stifferJoint } from "../personas";
import { newestIn } from "./mail";
import { pages } from "./pages";
import type { TestServer } from "./server";

/** A form as a page offers it, filled in, with the button it is sent by. */
export interface OfferedForm {
  /** What it is, without the ids of things: equal for forms that differ in their object alone. */
  readonly name: string;
  /** Where it is sent: path and query. */
  readonly to: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Fields by which a page with several forms knows which it received. */
const WHICH = /^(?:form|intent|what|do)$/;

/**
 * Every form of the open page that posts, once for each of its buttons, with what is missing filled in as a person would:
 * so a form cannot be forgotten in a test that sends them all. In: a page without JavaScript, where all of it is there.
 */
export async function formsOf(page: Page): Promise<OfferedForm[]> {
  const found = await page.evaluate(() => {
    const fill = (form: HTMLFormElement, turn: number) => {
      for (const field of form.elements) {
        if (field instanceof HTMLSelectElement && field.value === "") {
          const option = [...field.options].find(({ value, disabled }) => value !== "" && !disabled);
          if (option) field.value = option.value;
        } else if (field instanceof HTMLTextAreaElement && field.value === "") field.value = `Words of a test ${turn}`;
        else if (field instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(field.type)) {
          const group = [...form.elements].filter(
            (other): other is HTMLInputElement => other instanceof HTMLInputElement && other.name === field.name,
          );
          if (group.every(({ checked }) => !checked)) field.checked = true;
        } else if (field instanceof HTMLInputElement && field.value === "" && field.type !== "file") {
          const by: Record<string, string> = {
            email: `somebody-${turn}@example.org`,
            number: field.min || "1",
            date: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
            url: "https://example.org/",
            hidden: "",
          };
          field.value = by[field.type] ?? `Words of a test ${turn}`;
        }
      }
    };
    const sent: { to: string; fields: [string, string][] }[] = [];
    for (const form of document.forms) {
      if (form.method !== "post") continue;
      fill(form, sent.length);
      const buttons = [...form.elements].filter(
        (one): one is HTMLButtonElement => one instanceof HTMLButtonElement && one.type === "submit",
      );
      for (const button of buttons.length > 0 ? buttons : [null]) {
        const { pathname, search } = new URL(button?.hasAttribute("formaction") ? button.formAction : form.action);
        const fields = [...new FormData(form, button)].filter(
          (entry): entry is [string, string] => typeof entry[1] === "string",
        );
        sent.push({ to: pathname + search, fields });
      }
    }
    return sent;
  });
  return found.map(({ to, fields }) => {
    const which = fields.filter(([name]) => WHICH.test(name)).map(([name, value]) => `${name}=${value}`);
    const name = [to.split("?")[0], ...which].join(" ").replaceAll(UUID, ":id");
    return { name, to, fields };
  });
}

/** What a browser would send. */
export const bodyOf = (fields: OfferedForm["fields"]) => ({
  data: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
});

/** Forms that a page shows when it is asked to, and on objects in another state. */
const FURTHER: readonly { login: string | null; path: string }[] = [
  { login: null, path: `/guest/${guestTokens.living}?step=code` },
  { login: "designer@tandem.example", path: `/staff/ideas/${stifferJoint}?panel=care` },
  { login: "designer@tandem.example", path: `/staff/ideas/${stifferJoint}?passage=new` },
  { login: "designer@tandem.example", path: `/staff/ideas/${stifferJoint}?panel=behalf` },
  { login: "designer@tandem.example", path: `/staff/ideas/${metisIdeas.new}?panel=merge&into=${hanlinIdea}` },
];

export interface SentForm extends OfferedForm {
  /** The browser of the person the form is offered to; its requests carry their session. */
  readonly as: Page;
  /** The page that offers it. */
  readonly on: string;
}

/** The same form as its page offers it by now; null when it does not any more. */
export async function offeredAgain({ as, on, name }: SentForm): Promise<OfferedForm | null> {
  await as.goto(on);
  return (await formsOf(as)).find((form) => form.name === name) ?? null;
}

let addresses = 0;

/** A browser without JavaScript of somebody who has just signed in, or of nobody, from an address of its own. */
export async function plainBrowser(browser: Browser, server: TestServer, login: string | null): Promise<Page> {
  addresses += 1;
  const context = await browser.newContext({
    baseURL: server.origin,
    javaScriptEnabled: false,
    extraHTTPHeaders: { "X-Forwarded-For": `203.0.113.${addresses}` },
  });
  if (login !== null) {
    const form = { email: login, password: demoPassword };
    await context.request.post("/login", { form, headers: { Origin: server.origin }, maxRedirects: 0 });
  }
  return context.newPage();
}

/** Every form of every page, by its name, each in the browser of somebody it is offered to; a guest's, too. */
export async function everyForm(browser: Browser, server: TestServer): Promise<Map<string, SentForm>> {
  const forms = new Map<string, SentForm>();
  const people = new Map<string | null, Page>();
  const look = async (as: Page, path: string) => {
    await as.goto(path);
    for (const form of await formsOf(as)) if (!forms.has(form.name)) forms.set(form.name, { ...form, as, on: path });
  };
  for (const { path, login } of [...pages(), ...FURTHER]) {
    const page = people.get(login) ?? (await plainBrowser(browser, server, login));
    people.set(login, page);
    await look(page, path);
  }
  const guest = await plainBrowser(browser, server, null);
  await guest.goto(`/guest/${guestTokens.living}`);
  await guest.locator('form:has([value="send"]) button').click();
  await guest.locator("input[name=code]").fill(await newestIn(guest, "reviewer@guest.example", /\b\d{6}\b/));
  await guest.locator('form:has([value="check"]) button').click();
  await look(guest, `/guest/${guestTokens.living}/idea`);
  return forms;
}
