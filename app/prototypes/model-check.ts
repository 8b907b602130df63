import type { FileRefusal } from "./prototype-file";

/** What a GLB file says of itself, checked before anything unpacks it: every length, every place it points to. */

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
/** As many as a browser still turns without stopping. */
const MOST_TRIANGLES = 5_000_000;
const MOST_JSON_BYTES = 20 * 1024 * 1024;
const TRIANGLES = 4;
const COMPONENT_BYTES: Readonly<Record<number, number>> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const COMPONENTS: Readonly<Record<string, number>> = {
  SCALAR: 1,
  VEC2: 2,
  VEC3: 3,
  VEC4: 4,
  MAT2: 4,
  MAT3: 9,
  MAT4: 16,
};

type Outer = { uri?: unknown; bufferView?: number; mimeType?: unknown };
type View = { buffer: number; byteOffset?: number; byteLength: number; byteStride?: number };
type Accessor = { bufferView?: number; byteOffset?: number; componentType: number; count: number; type: string };
type Gltf = {
  asset?: { version?: unknown };
  buffers?: { uri?: unknown; byteLength: number }[];
  images?: Outer[];
  bufferViews?: View[];
  accessors?: Accessor[];
  meshes?: { primitives: { indices?: number; mode?: number; attributes: { POSITION?: number } }[] }[];
};

export type JudgedModel =
  | { ok: true; triangles: number /** Pictures inside it, still packed. */; textures: Uint8Array[] }
  | { ok: false; why: FileRefusal };

const refused = (why: FileRefusal): JudgedModel => ({ ok: false, why });

export function judgeModel(bytes: Uint8Array): JudgedModel {
  try {
    const { gltf, binary } = chunksOf(bytes);
    if (gltf.asset?.version !== "2.0") return refused("not-taken");
    // It would be asked for from the reader's browser, at an address that somebody else chose.
    const outer = [...(gltf.buffers ?? []), ...(gltf.images ?? [])];
    if (outer.some(({ uri }) => uri !== undefined)) return refused("outside-files");
    const views = gltf.bufferViews ?? [];
    for (const view of views)
      within(view.byteOffset ?? 0, view.byteLength, gltf.buffers?.[view.buffer]?.byteLength ?? 0);
    if ((gltf.buffers?.[0]?.byteLength ?? 0) > binary.byteLength) return refused("damaged");
    for (const accessor of gltf.accessors ?? []) fits(accessor, views);
    const triangles = trianglesIn(gltf);
    if (triangles > MOST_TRIANGLES) return refused("too-many-triangles");
    const textures = (gltf.images ?? []).map(({ bufferView }) => {
      const view = views[bufferView ?? -1];
      if (!view) throw new Error("a picture that is not there");
      return binary.subarray(view.byteOffset ?? 0, (view.byteOffset ?? 0) + view.byteLength);
    });
    return { ok: true, triangles, textures };
  } catch {
    // Whatever else is wrong with what somebody sent: to the person it is one thing.
    return refused("damaged");
  }
}

function chunksOf(bytes: Uint8Array): { gltf: Gltf; binary: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== 2) throw new Error("no GLB of version 2");
  if (view.getUint32(8, true) !== bytes.byteLength) throw new Error("cut off, or something appended");
  const length = view.getUint32(12, true);
  if (view.getUint32(16, true) !== JSON_CHUNK) throw new Error("no description");
  within(20, length, bytes.byteLength);
  if (length > MOST_JSON_BYTES) throw new Error("more description than model");
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(20, 20 + length));
  const gltf = JSON.parse(text) as Gltf;
  const next = 20 + length;
  if (next === bytes.byteLength) return { gltf, binary: new Uint8Array() };
  if (view.getUint32(next + 4, true) !== BIN_CHUNK) throw new Error("a second chunk of another kind");
  const size = view.getUint32(next, true);
  within(next + 8, size, bytes.byteLength);
  return { gltf, binary: bytes.subarray(next + 8, next + 8 + size) };
}

function within(start: number, length: number, whole: number): void {
  const are = [start, length].every((one) => Number.isSafeInteger(one) && one >= 0);
  if (!are || start + length > whole) throw new Error("something outside the file");
}

/** Without a view of its own an accessor is compressed, or all zeros: then there is nothing to reach outside with. */
function fits({ bufferView, byteOffset = 0, componentType, count, type }: Accessor, views: readonly View[]): void {
  const size = (COMPONENT_BYTES[componentType] ?? Number.NaN) * (COMPONENTS[type] ?? Number.NaN);
  if (!Number.isSafeInteger(count) || count < 0 || Number.isNaN(size)) throw new Error("numbers of no kind");
  if (bufferView === undefined) return;
  const view = views[bufferView];
  if (!view) throw new Error("a view that is not there");
  within(byteOffset, count === 0 ? 0 : (count - 1) * (view.byteStride ?? size) + size, view.byteLength);
}

function trianglesIn({ meshes = [], accessors = [] }: Gltf): number {
  let all = 0;
  for (const { indices, mode, attributes } of meshes.flatMap(({ primitives }) => primitives)) {
    if ((mode ?? TRIANGLES) < TRIANGLES) continue;
    const accessor = accessors[indices ?? attributes.POSITION ?? -1];
    if (!accessor) throw new Error("a mesh without points");
    all += Math.floor(accessor.count / 3);
  }
  return all;
}
