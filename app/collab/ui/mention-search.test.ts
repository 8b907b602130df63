import type { SuggestionProps } from "@tiptap/suggestion";
import { expect, test, vi } from "vitest";
import type { Mentionable } from "./brief-props";
import { MentionSearch } from "./mention-search";

const TARAS = { id: "1", name: "Taras Hnatiuk" };
const LENA = { id: "2", name: "Lena Hartmann" };

/** A search whose answers come when the test says so, and a text that takes what is chosen. */
function begin() {
  const answers: ((people: readonly Mentionable[]) => void)[] = [];
  const search = new MentionSearch(() => new Promise((answer) => answers.push(answer)));
  const command = vi.fn();
  const list = search.suggestion.render?.();
  const props = (query: string) => ({ query, command, clientRect: null }) as unknown as SuggestionProps<Mentionable>;
  const press = (key: string) => list?.onKeyDown?.({ event: { key } } as Parameters<typeof list.onKeyDown>[0]);
  return {
    answers,
    command,
    press,
    start: () => list?.onStart?.(props("")),
    type: (q: string) => list?.onUpdate?.(props(q)),
  };
}

test("Enter pressed before the list of the typed name has come takes the first of that list, not of the one before", async () => {
  const { answers, command, press, start, type } = begin();
  start();
  answers[0]?.([TARAS, LENA]);
  await Promise.resolve();
  type("Lena");
  expect(press("Enter")).toBe(true);
  expect(command).not.toHaveBeenCalled();
  answers[1]?.([LENA]);
  await Promise.resolve();
  expect(command).toHaveBeenCalledExactlyOnceWith({ id: LENA.id, label: LENA.name });
});

test("letters typed after that Enter are a new name, of which nobody is taken unasked", async () => {
  const { answers, command, press, start, type } = begin();
  start();
  press("Enter");
  type("T");
  answers[0]?.([LENA]);
  answers[1]?.([TARAS]);
  await Promise.resolve();
  expect(command).not.toHaveBeenCalled();
  press("Enter");
  expect(command).toHaveBeenCalledExactlyOnceWith({ id: TARAS.id, label: TARAS.name });
});
