/** The client id that a room's first words are written under: the same in every process, so seeding twice is once. */
export function seedClient(room: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(room)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
