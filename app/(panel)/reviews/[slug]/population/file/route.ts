import { problem } from "#lib/platform/api.ts";
import { answered } from "#lib/platform/out-of-reach.ts";
import { sendCsv } from "#lib/platform/send-csv.ts";
import { staffForDownload } from "#lib/platform/staff-for-download.ts";
import { readCampaign } from "#lib/reviews/campaigns.ts";
import { populationFile } from "#lib/reviews/population-file.ts";

type At = { params: Promise<{ slug: string }> };

/** Every item of a review's population, as it was frozen. */
export const GET = answered(async (request: Request, { params }: At): Promise<Response> => {
  const { slug } = await params;
  const page = `/reviews/${encodeURIComponent(slug)}/population`;
  const staff = await staffForDownload({ permission: "export_evidence", kind: "population", page });
  if (!staff.ctx) return staff.answer;
  const campaign = await readCampaign(staff.ctx, slug);
  if (!campaign) return problem(404, "Not found", "Nothing here that you may download.");
  const lines = populationFile(staff.ctx, campaign);
  return sendCsv("staff", `population-${campaign.slug}.csv`, lines, request.signal);
});
