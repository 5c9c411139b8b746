/** What is said when the form has led back, by its word in the address. */
export const doneWords: Record<string, string> = {
  added: "Added. They can sign in now.",
  invited: "Added. They can sign in now, and are told so by mail.",
  proposed: "Saved. That they become an admin waits for another admin.",
  changed: "Saved. It counts from their next click.",
  linked: "Saved. They are one person now.",
  withdrawn:
    "Suspended: signed out everywhere, requests cancelled, standing approvals ended, votes void.",
  parting: "Proposed. They are one person until another admin accepts.",
  restoring: "Proposed. They stay suspended until another admin accepts.",
  restored: "Let in again. They have to sign in anew.",
};
