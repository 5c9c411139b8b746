"use server";
import { staffAction } from "#lib/platform/staff-action.ts";
import { closeCampaign, closeSchema } from "#lib/reviews/close-campaign.ts";
import { compareSchema, compareWithRoster } from "#lib/reviews/compare.ts";
import { correct, correctSchema } from "#lib/reviews/correct.ts";
import { handOn, handOnSchema } from "#lib/reviews/hand-on.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { remind, remindSchema } from "#lib/reviews/remind.ts";
import { periodSchema } from "#lib/reviews/schemas.ts";
import { reviewPath } from "./address.ts";

/** Compliance opens a review of any period that has begun. */
export const openReview = staffAction({
  permission: "run_reviews",
  input: periodSchema,
  run: openCampaign,
  goTo: ({ slug }) => reviewPath(slug),
});

/** One reviewer is reminded of what they have left. */
export const remindReviewer = staffAction({
  permission: "run_reviews",
  input: remindSchema,
  run: remind,
});

/** Items go to another reviewer, by who has them or by compliance. */
export const handItemsOn = staffAction({
  permission: "see_reviews",
  input: handOnSchema,
  run: handOn,
  // What they had is gone from the form's page: the review says what came of it.
  goTo: ({ slug, handed, left }) => `${reviewPath(slug)}?handed=${handed}&left=${left.length}`,
});

/** The company's roster is held against the population. */
export const compareRoster = staffAction({
  permission: "run_reviews",
  input: compareSchema,
  run: compareWithRoster,
  unsaid: ["roster"],
});

/** Compliance signs a review off. */
export const closeReview = staffAction({
  permission: "run_reviews",
  input: closeSchema,
  run: closeCampaign,
  goTo: ({ slug }) => reviewPath(slug),
});

/** What was wrong in a closed review is said beside it. */
export const correctReview = staffAction({
  permission: "run_reviews",
  input: correctSchema,
  run: correct,
  goTo: ({ slug }) => `${reviewPath(slug)}#corrections`,
});
