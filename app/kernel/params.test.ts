import { expect, test } from "vitest";
import { requireId } from "./params";

const status = (value: string | undefined) => {
  try {
    return requireId({ ideaId: value }, "ideaId");
  } catch (thrown) {
    return thrown instanceof Response ? thrown.status : thrown;
  }
};

test("an id in the address is taken as it is, in small letters", () => {
  expect(status("000D0000-0000-7000-8000-000000000021")).toBe("000d0000-0000-7000-8000-000000000021");
});

test.each([undefined, "", "1", "new", "000d0000-0000-7000-8000-00000000002", "' or 1=1 --", "../../etc/passwd"])(
  "an address with the id %j is a page that does not exist",
  (value) => {
    expect(status(value)).toBe(404);
  },
);
