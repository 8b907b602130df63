/** Reads the surfaces of a GLB file: named nodes and their triangles, enough to tell where a pin stood. */

export type Vector = readonly [number, number, number];
/** A part by its names from the root, and its triangles in its own measure, nine numbers each. */
export type Part = { readonly name: string; readonly triangles: Float32Array };

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
const FLOATS = 5126;
const INDEX_BYTES: Readonly<Record<number, number>> = { 5121: 1, 5123: 2, 5125: 4 };
const TRIANGLES = 4;
/** As many as a browser still turns without stopping. */
const MOST_TRIANGLES = 5_000_000;
const DEEPEST = 64;

type Gltf = {
  scene?: number;
  scenes?: { nodes?: number[] }[];
  nodes?: { name?: string; mesh?: number; children?: number[] }[];
  meshes?: { primitives: { attributes: { POSITION?: number }; indices?: number; mode?: number }[] }[];
  accessors?: { bufferView?: number; byteOffset?: number; componentType: number; count: number; type: string }[];
  bufferViews?: { buffer: number; byteOffset?: number; byteLength: number; byteStride?: number }[];
};

/** Null: not a GLB file, one that is broken or compressed, or too much of one. */
export function partsOfGlb(bytes: Uint8Array): readonly Part[] | null {
  try {
    const chunks = chunksOf(bytes);
    return chunks && partsOf(chunks.gltf, chunks.binary);
  } catch {
    // Whatever else is wrong with what somebody sent: offsets outside it, numbers that are none.
    return null;
  }
}

function chunksOf(bytes: Uint8Array): { gltf: Gltf; binary: DataView } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== 2) return null;
  if (view.getUint32(8, true) !== bytes.byteLength) return null;
  const length = view.getUint32(12, true);
  if (view.getUint32(16, true) !== JSON_CHUNK) return null;
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(20, 20 + length));
  const gltf = JSON.parse(text) as Gltf;
  const next = 20 + length;
  if (next === bytes.byteLength) return { gltf, binary: new DataView(new ArrayBuffer(0)) };
  if (view.getUint32(next + 4, true) !== BIN_CHUNK) return null;
  return { gltf, binary: new DataView(bytes.buffer, bytes.byteOffset + next + 8, view.getUint32(next, true)) };
}

function partsOf(gltf: Gltf, binary: DataView): readonly Part[] | null {
  const parts: Part[] = [];
  let left = MOST_TRIANGLES;
  const visit = (index: number, path: string, depth: number) => {
    const node = gltf.nodes?.[index];
    if (!node || depth > DEEPEST) throw new Error("nodes without an end");
    const name = `${path}/${node.name ?? index}`;
    if (node.mesh !== undefined) {
      const triangles = trianglesOf(gltf, binary, node.mesh, left);
      left -= triangles.length / 9;
      parts.push({ name, triangles });
    }
    for (const child of node.children ?? []) visit(child, name, depth + 1);
  };
  for (const root of gltf.scenes?.[gltf.scene ?? 0]?.nodes ?? []) visit(root, "", 0);
  return parts;
}

function trianglesOf(gltf: Gltf, binary: DataView, mesh: number, most: number): Float32Array {
  const numbers: number[] = [];
  for (const { attributes, indices, mode } of gltf.meshes?.[mesh]?.primitives ?? []) {
    if ((mode ?? TRIANGLES) !== TRIANGLES) continue;
    const point = pointsOf(gltf, binary, attributes.POSITION);
    const order = indices === undefined ? null : indicesOf(gltf, binary, indices);
    const count = order ? order.count : point.count;
    if (numbers.length / 9 + count / 3 > most) throw new Error("too many triangles");
    for (let i = 0; i + 2 < count; i += 3) {
      for (let corner = 0; corner < 3; corner++) numbers.push(...point.at(order ? order.at(i + corner) : i + corner));
    }
  }
  return Float32Array.from(numbers);
}

function accessed(gltf: Gltf, index: number | undefined) {
  const accessor = gltf.accessors?.[index ?? -1];
  const view = gltf.bufferViews?.[accessor?.bufferView ?? -1];
  if (!accessor || !view || view.buffer !== 0) throw new Error("nothing there to read");
  return { accessor, view, start: (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0) };
}

function pointsOf(gltf: Gltf, binary: DataView, index: number | undefined) {
  const { accessor, view, start } = accessed(gltf, index);
  if (accessor.componentType !== FLOATS || accessor.type !== "VEC3") throw new Error("points of another kind");
  const stride = view.byteStride ?? 12;
  const at = (i: number): Vector => {
    if (i >= accessor.count) throw new Error("a point that is not there");
    const from = start + i * stride;
    return [binary.getFloat32(from, true), binary.getFloat32(from + 4, true), binary.getFloat32(from + 8, true)];
  };
  return { count: accessor.count, at };
}

function indicesOf(gltf: Gltf, binary: DataView, index: number) {
  const { accessor, start } = accessed(gltf, index);
  const size = INDEX_BYTES[accessor.componentType];
  if (size === undefined) throw new Error("indices of another kind");
  const at = (i: number) =>
    size === 1
      ? binary.getUint8(start + i)
      : size === 2
        ? binary.getUint16(start + 2 * i, true)
        : binary.getUint32(start + 4 * i, true);
  return { count: accessor.count, at };
}
