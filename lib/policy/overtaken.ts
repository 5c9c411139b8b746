/** Why a policy that was made against one version is not put over another, or null: what it would undo nobody looked at. */
export const overtakenBy = (inForce: number, madeAgainst: number): string | null =>
  inForce === madeAgainst
    ? null
    : `It was made against policy ${madeAgainst}, and policy ${inForce} is in force by now. Decline it; it can be proposed anew.`;
