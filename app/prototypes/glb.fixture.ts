/** Writes GLB files for tests: boxes with names, which is enough to build a lamp of. */

export type Box = {
  readonly name: string;
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** Sides that are left out, numbered as in SIDES. */
  readonly open?: readonly number[];
  /** Where the part is mounted. */
  readonly at?: readonly [number, number, number];
};

/** Corners of each side, counter-clockwise as seen from outside: left, right, bottom, top, back, front. */
const SIDES = [
  [0, 4, 6, 2],
  [1, 3, 7, 5],
  [0, 1, 5, 4],
  [2, 6, 7, 3],
  [0, 2, 3, 1],
  [4, 5, 7, 6],
] as const;
export const TOP = 3;
const FLOATS = 5126;
const SHORTS = 5123;

const padded = (bytes: Uint8Array, with_: number): Uint8Array => {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(with_);
  whole.set(bytes);
  return whole;
};

function meshOf({ from, to, open = [] }: Box): { points: Float32Array; indices: Uint16Array } {
  const points = Array.from({ length: 8 }, (_, corner) =>
    [0, 1, 2].map((axis) => ((corner >> axis) & 1 ? to[axis] : from[axis]) ?? 0),
  ).flat();
  const indices = SIDES.flatMap(([a, b, c, d], side) => (open.includes(side) ? [] : [a, b, c, a, c, d]));
  return { points: Float32Array.from(points), indices: Uint16Array.from(indices) };
}

export function glbOf(boxes: readonly Box[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const bufferViews: object[] = [];
  const accessors: object[] = [];
  let end = 0;
  const add = (bytes: Uint8Array, accessor: object) => {
    accessors.push({ ...accessor, bufferView: bufferViews.length });
    bufferViews.push({ buffer: 0, byteOffset: end, byteLength: bytes.length });
    const whole = padded(bytes, 0);
    pieces.push(whole);
    end += whole.length;
    return accessors.length - 1;
  };
  const meshes = boxes.map((box) => {
    const { points, indices } = meshOf(box);
    const POSITION = add(new Uint8Array(points.buffer), {
      componentType: FLOATS,
      type: "VEC3",
      count: 8,
      min: box.from,
      max: box.to,
    });
    const order = add(new Uint8Array(indices.buffer), { componentType: SHORTS, type: "SCALAR", count: indices.length });
    return { primitives: [{ attributes: { POSITION }, indices: order }] };
  });
  const parts = boxes.map(({ name, at }, mesh) => ({ name, mesh, ...(at && { translation: at }) }));
  const gltf = {
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ name: "lamp", children: parts.map((_, at) => at + 1) }, ...parts],
    meshes,
    accessors,
    bufferViews,
    buffers: [{ byteLength: end }],
  };
  return glbWith(gltf, pieces);
}

/** The file around what stands in it, whatever that is. */
export function glbWith(gltf: object, pieces: readonly Uint8Array[]): Uint8Array {
  const json = padded(new TextEncoder().encode(JSON.stringify(gltf)), 0x20);
  const binary = Buffer.concat(pieces);
  const file = Buffer.alloc(12 + 8 + json.length + 8 + binary.length);
  [0x46546c67, 2, file.length, json.length, 0x4e4f534a].forEach((word, at) => {
    file.writeUInt32LE(word, at * 4);
  });
  file.set(json, 20);
  file.writeUInt32LE(binary.length, 20 + json.length);
  file.writeUInt32LE(0x004e4942, 24 + json.length);
  file.set(binary, 28 + json.length);
  return new Uint8Array(file);
}
