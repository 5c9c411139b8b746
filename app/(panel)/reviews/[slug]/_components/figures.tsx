/** The plots of a review's period. */
export function Figures(_: { campaignId: string }) {
  return null;
}
