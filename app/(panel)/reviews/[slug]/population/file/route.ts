import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { staffForPoll } from "#lib/platform/require-staff.ts";
import { sendCsv } from "#lib/platform/send-csv.ts";
import { readCampaign } from "#lib/reviews/campaigns.ts";
import { populationFile } from "#lib/reviews/population-file.ts";

type At = { params: Promise<{ slug: string }> };

/** Every item of a review's population, as it was frozen. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const staff = await staffForPoll("export_evidence");
  if (!staff.ok) return problem(403, "Not allowed", staff.error.message);
  const campaign = await readCampaign(staff.value, (await params).slug);
  if (!campaign) return problem(404, "Not found", "Nothing here that you may download.");
  const lines = populationFile(staff.value, campaign);
  return sendCsv("staff", `population-${campaign.slug}.csv`, lines, request.signal);
});
