import { expect, test } from "vitest";
import { partsOfGlb } from "./glb";
import { type Box, glbOf, glbWith, TOP } from "./glb.fixture";
import { carryOnSurface, type SurfacePlace } from "./surface-carrying";

const LAMP: readonly Box[] = [
  { name: "base", from: [-20, 0, -20], to: [20, 4, 20] },
  { name: "arm", from: [-1, 4, -1], to: [1, 60, 1] },
  { name: "handle", from: [-6, 0, -2], to: [6, 3, 2], at: [0, 60, 0] },
  { name: "screw left", from: [-1, 0, -1], to: [1, 2, 1], at: [-5, 63, 0] },
  { name: "screw right", from: [-1, 0, -1], to: [1, 2, 1], at: [5, 63, 0] },
];
const changed = (name: string, change: Partial<Box>) =>
  LAMP.map((box) => (box.name === name ? { ...box, ...change } : box));
const without = (name: string) => LAMP.filter((box) => box.name !== name);

/** What becomes of a pin when the lamp's file is followed by another one. */
function carried(after: readonly Box[], place: SurfacePlace) {
  const [old, fresh] = [LAMP, after].map((boxes) => partsOfGlb(glbOf(boxes)));
  if (!old || !fresh) throw new Error("not a model");
  return carryOnSurface(old, fresh, place);
}

const ON_HANDLE: SurfacePlace = { part: "/lamp/handle", position: [2, 3, 1], normal: [0, 1, 0] };
const ON_SCREW: SurfacePlace = { part: "/lamp/screw left", position: [0, 2, 0], normal: [0, 1, 0] };

test("a file is read as its parts, each by its names and with its surface", () => {
  const parts = partsOfGlb(glbOf(LAMP)) ?? [];
  expect(parts.map(({ name }) => name)).toEqual(LAMP.map(({ name }) => `/lamp/${name}`));
  expect(parts.map(({ triangles }) => triangles.length)).toEqual(LAMP.map(() => 12 * 9));
});

test("a pin stays when another part changes, is added or is gone", () => {
  const stays = { kind: "carried", place: ON_HANDLE };
  expect(carried(LAMP, ON_HANDLE)).toEqual(stays);
  expect(carried(changed("base", { to: [30, 9, 20] }), ON_HANDLE)).toEqual(stays);
  expect(carried(without("screw left"), ON_HANDLE)).toEqual(stays);
  expect(carried([{ name: "shade", from: [-9, 60, -9], to: [9, 80, 9] }, ...LAMP], ON_HANDLE)).toEqual(stays);
});

test("a pin goes with its part when that is mounted elsewhere", () => {
  expect(carried(changed("handle", { at: [0, 75, 10] }), ON_HANDLE)).toEqual({ kind: "carried", place: ON_HANDLE });
});

test("somebody looks when the surface under a pin was changed", () => {
  const after = carried(changed("handle", { to: [6, 4, 2] }), ON_HANDLE);
  expect(after).toEqual({ kind: "moved", place: { ...ON_HANDLE, position: [2, 4, 1] } });
});

test("a pin on a part that is gone is orphaned, though its like is still there", () => {
  expect(carried(without("screw left"), ON_SCREW)).toEqual({ kind: "orphaned" });
  expect(carried(without("handle"), ON_HANDLE)).toEqual({ kind: "orphaned" });
});

test("a pin on a side that is gone goes neither to the other side nor far along the part", () => {
  expect(carried(changed("handle", { open: [TOP] }), ON_HANDLE)).toEqual({ kind: "orphaned" });
  expect(carried(changed("handle", { to: [-4, 3, 2] }), ON_HANDLE)).toEqual({ kind: "orphaned" });
});

test("a part that was only renamed is found, once somebody has looked", () => {
  const after = carried(changed("screw left", { name: "screw M4" }), ON_SCREW);
  expect(after).toEqual({ kind: "moved", place: { ...ON_SCREW, part: "/lamp/screw M4" } });
});

test("of two parts with one name neither is taken", () => {
  const two = [...LAMP, { name: "handle", from: [-6, 0, -2], to: [6, 3, 2], at: [0, 20, 0] } as const];
  expect(carried(two, ON_HANDLE)).toEqual({ kind: "orphaned" });
});

test("a file that is cut off, lies about its size or points outside itself is no model", () => {
  const whole = glbOf(LAMP);
  expect(partsOfGlb(new Uint8Array())).toBeNull();
  for (const length of [11, 20, 400, whole.length - 1]) expect(partsOfGlb(whole.slice(0, length))).toBeNull();
  const lying = whole.slice();
  new DataView(lying.buffer).setUint32(12, 0xffffff00, true);
  expect(partsOfGlb(lying)).toBeNull();
  const around = { scenes: [{ nodes: [0] }], nodes: [{ children: [0] }] };
  expect(partsOfGlb(glbWith(around, []))).toBeNull();
  const outside = {
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    accessors: [{ bufferView: 0, componentType: 5126, type: "VEC3", count: 900_000_000 }],
    bufferViews: [{ buffer: 0, byteLength: 12 }],
  };
  expect(partsOfGlb(glbWith(outside, [new Uint8Array(12)]))).toBeNull();
});
