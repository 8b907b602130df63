import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Address } from "./address";

test("an address may break before its @ and its dots, never inside a word, and is copied as it is", () => {
  const shown = renderToStaticMarkup(<Address email="anna.k@metis.example" />);
  expect(shown).toContain("anna<wbr/>.k<wbr/>@metis<wbr/>.example");
  expect(shown.replace(/<[^>]+>/g, "")).toBe("anna.k@metis.example");
});
