import { expect, test } from "vitest";
import { accountKey, networkOf } from "./limit-keys";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["", ""],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("an address is counted as one, however it is written, and cannot be read from its key", () => {
  expect(accountKey(" Owner@Metis.example")).toBe(accountKey("owner@metis.example"));
  expect(accountKey("owner@metis.example")).not.toBe(accountKey("owner@brix.example"));
  expect(accountKey("owner@metis.example")).toMatch(/^[\w-]{43}$/);
});
