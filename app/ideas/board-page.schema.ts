import * as z from "zod";
import { typedText } from "./idea.schema";
import { DOTS_MOST, QUESTION_MAX } from "./idea-vote";

/** The forms of the page of a board. */

const question = typedText(QUESTION_MAX).transform((line) => line.replace(/\s+/g, " "));

export const beginVoteForm = z.object({ question, dots: z.coerce.number().int().min(1).max(DOTS_MOST) });
export const dotForm = z.object({
  vote: z.guid(),
  element: z.string().regex(/^[\w-]{1,64}$/),
  way: z.enum(["give", "take"]),
});
export const closeVoteForm = z.object({ vote: z.guid() });
