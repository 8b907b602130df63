import type { FormFailure } from "~/kernel/form";
import type { ReviewPageData } from "../review-page";

/** What the parts of a review's page are given. */
export type ReviewProps = {
  page: ReviewPageData;
  /** Where this page is, where it leads up to, and where ideas of the reader's side are. */
  at: { path: string; up: string; ideas: "/ideas" | "/staff/ideas" };
  failure: FormFailure | undefined;
};
