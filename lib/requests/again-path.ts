/** The start form with everything that an earlier request said: nothing is sent by it. */
export const againPath = (of: { subjectId: string; requestId: string }): string =>
  `/customers/${of.subjectId}/start?again=${of.requestId}`;
