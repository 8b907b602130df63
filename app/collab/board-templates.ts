import { generateKeyBetween } from "fractional-indexing";
import { type BoardElement, cleanElement } from "./board-element";
import type { BoardChange } from "./board-elements";
import { addStickyAt, textFields } from "./board-outline";

/** What a board may begin with: frames with stickies and texts in them, ordinary things from then on. */
export const TEMPLATES = ["howMightWe", "storyboard", "beforeAfter", "dotVote"] as const;
export type BoardTemplate = (typeof TEMPLATES)[number];

/** The words of a template, in the language of whoever puts it there; afterwards they are words like any others. */
export type TemplateWords = {
  /** What is asked, and the name of its frame. */
  question: string;
  questionFrame: string;
  scene: (count: number) => string;
  happens: string;
  before: string;
  after: string;
  today: string;
  changed: string;
  /** What a vote asks, and the name of its frame. */
  choose: string;
  voteFrame: string;
};

type Place = { x: number; y: number };
type Frame = Place & {
  name: string;
  width: number;
  height: number;
  texts: (Place & { says: string })[];
  stickies: (Place & { says: string })[];
};

const [GAP, STICKY, MARGIN] = [40, 180, 30];

/** The frames of a template, from its upper left corner on. */
function framesOf(template: BoardTemplate, say: TemplateWords): Frame[] {
  const cell = (at: number) => MARGIN + at * (STICKY + GAP);
  switch (template) {
    case "howMightWe":
    case "dotVote": {
      const isVote = template === "dotVote";
      const stickies = Array.from({ length: 6 }, (_, at) => ({
        x: cell(at % 3),
        y: 100 + Math.floor(at / 3) * (STICKY + GAP),
        says: "",
      }));
      const [width, height] = [cell(3) - GAP + MARGIN, 100 + 2 * STICKY + GAP + MARGIN];
      return [
        {
          name: isVote ? say.voteFrame : say.questionFrame,
          x: 0,
          y: 0,
          width,
          height,
          texts: [{ x: MARGIN, y: MARGIN, says: isVote ? say.choose : say.question }],
          stickies,
        },
      ];
    }
    case "storyboard":
      return Array.from({ length: 6 }, (_, at) => ({
        name: say.scene(at + 1),
        x: (at % 3) * (320 + GAP),
        y: Math.floor(at / 3) * (280 + GAP),
        width: 320,
        height: 280,
        texts: [{ x: MARGIN, y: 230, says: say.happens }],
        stickies: [],
      }));
    case "beforeAfter":
      return [
        { name: say.before, says: say.today, x: 0 },
        { name: say.after, says: say.changed, x: 480 + GAP },
      ].map(({ name, says, x }) => ({
        name,
        x,
        y: 0,
        width: 480,
        height: 400,
        texts: [],
        stickies: [{ x: MARGIN, y: MARGIN, says }],
      }));
  }
}

/**
 * Puts a template beside what is there. In: the board from below to above; ids nobody uses, one a call. Out: one change, so
 * that one step back takes all of it away.
 */
export function addTemplate(
  elements: readonly BoardElement[],
  template: BoardTemplate,
  say: TemplateWords,
  newId: () => string,
): BoardChange {
  const left = elements.length > 0 ? Math.max(...elements.map(({ x, width }) => x + width)) + 2 * GAP : 0;
  const top = elements.length > 0 ? Math.min(...elements.map(({ y }) => y)) : 0;
  const added: BoardElement[] = [];
  const above = () => generateKeyBetween((added.at(-1) ?? elements.at(-1))?.index ?? null, null);
  const put = (fields: Record<string, unknown>) => {
    const element = cleanElement({ id: newId(), index: above(), roughness: 0, ...fields });
    if (element) added.push(element);
  };
  for (const { name, width, height, texts, stickies, ...corner } of framesOf(template, say)) {
    const [x, y, frameId] = [left + corner.x, top + corner.y, newId()];
    for (const text of texts)
      put({ type: "text", frameId, ...textFields(text.says, null), x: x + text.x, y: y + text.y });
    for (const sticky of stickies) {
      const at = { x: x + sticky.x, y: y + sticky.y };
      const change = addStickyAt([...elements, ...added], sticky.says, at, newId);
      added.push(...change.added.map((element) => ({ ...element, frameId })));
    }
    put({ id: frameId, type: "frame", name, x, y, width, height });
  }
  return { added, changed: new Map(), removed: [] };
}
