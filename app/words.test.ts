import compileMessage from "icu-minify/compile";
import { expect, test } from "vitest";
import { together } from "./words";

test("sentences that come twice, from two pages that both need them, stay sentences", () => {
  const guestOf = compileMessage("Guest of {account}");
  const door = { accounts: { guest: { guestOf, open: compileMessage("Open") } } };
  const messages = together(together({ accounts: { yours: compileMessage("Yours") } }, door), door);
  expect(messages).toEqual({ accounts: { yours: compileMessage("Yours"), guest: door.accounts.guest } });
});
