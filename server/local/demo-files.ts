import pg from "pg";
import sharp from "sharp";
import { serviceClient } from "~/accounts/supabase.server";
import { finishUpload, startUpload, UPLOADS_BUCKET } from "~/ideas/idea-attachments.server";
import { metisApprover, metisIdeas, metisOwner, stifferJoint } from "../../tests/personas";

/** What a telephone would have taken of the lamp's arm: drawn, so that the repository carries no pictures of anybody. */
const drawing = (lean: number, desk: string) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1200" width="1600" height="1200">
    <linearGradient id="wall" x2="0" y2="1"><stop stop-color="#e9e4d8"/><stop offset="1" stop-color="#cfc8b8"/></linearGradient>
    <rect width="1600" height="1200" fill="url(#wall)"/>
    <rect y="960" width="1600" height="240" fill="${desk}"/>
    <ellipse cx="420" cy="965" rx="190" ry="34" fill="#2f3836"/>
    <g fill="none" stroke="#3b4744" stroke-width="34" stroke-linecap="round">
      <path d="M420 950 L520 520"/>
      <path d="M520 520 L${1080 + lean} ${330 + lean}"/>
      <path stroke-opacity=".3" d="M520 520 L${1080 - lean} ${330 - lean}"/>
    </g>
    <circle cx="520" cy="520" r="44" fill="#0c5a5b"/><circle cx="520" cy="520" r="16" fill="#e9e4d8"/>
    <path d="M${1000 + lean} ${300 + lean} l210 -40 l90 190 l-330 60 z" fill="#0c5a5b"/>
    <path d="M${985 + lean} ${515 + lean} l330 -62 l180 510 h-760 z" fill="#fff3c4" fill-opacity=".55"/>
  </svg>`;

const FILES = [
  {
    by: metisApprover,
    idea: stifferJoint,
    name: "arm-at-60-cm.jpg",
    bytes: () =>
      sharp(Buffer.from(drawing(26, "#a98b64")))
        .jpeg({ quality: 82 })
        .toBuffer(),
  },
  {
    by: metisApprover,
    idea: stifferJoint,
    name: "settling-times.txt",
    bytes: async () =>
      Buffer.from("Reach (cm)  Settles after (s)\n45          0.8\n52          1.9\n60          3.6\n"),
  },
  {
    by: metisOwner,
    idea: metisIdeas.in_work,
    name: "стільниця-40-мм.jpg",
    bytes: () =>
      sharp(Buffer.from(drawing(0, "#6f7f78")))
        .jpeg({ quality: 82 })
        .toBuffer(),
  },
];

/**
 * Sends the demo world's photos and files as its people would have, so that they are checked, drawn anew and kept like all
 * others; and dates them back to their ideas. In: the database's address as its owner. Needs the storage and the jobs to run.
 */
export async function sendDemoFiles(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem demo" });
  // A server that is told to stop meanwhile ends its database: the next statement says so.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("set role postgres");
    for (const { by, idea, name, bytes } of FILES) {
      const body = await bytes();
      const begun = await startUpload(by, { name, size: body.length });
      if (!begun.ok) throw new Error(`The demo file ${name} was refused: ${begun.why}`);
      const bucket = serviceClient().storage.from(UPLOADS_BUCKET);
      const { error } = await bucket.upload(begun.id, body, { contentType: "application/octet-stream" });
      if (error) throw error;
      await client.query(
        `update public.idea_attachments a set idea_id = i.id, claimed_at = i.created_at, created_at = i.created_at
         from public.ideas i where a.id = $1 and i.id = $2`,
        [begun.id, idea],
      );
      await finishUpload(by, begun.id);
    }
  } finally {
    await client.end();
  }
}
